import { useState, type FormEvent } from "react";
import { useLanguage } from "../i18n/language";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";

interface Props {
  signIn: (username: string, password: string) => Promise<void>;
}

/** The sign-in page. */
export function SignIn({ signIn }: Props) {
  const { t, switchLanguage } = useLanguage();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const asking = useRequest();

  function submit(event: FormEvent): void {
    event.preventDefault();
    asking.run(() => signIn(username, password));
  }

  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-label={t("signin.title")}>
        <h1>
          <span className="brand-mark" aria-hidden="true" />
          {t("app.name")}
        </h1>
        <p className="quiet">{t("app.subtitle")}</p>
        <label>
          {t("signin.username")}
          <input
            name="username"
            autoComplete="username"
            autoFocus
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </label>
        <label>
          {t("signin.password")}
          <input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {asking.problem?.status === 401 ? (
          <p className="refusal" role="alert">
            {t("signin.wrong")}
          </p>
        ) : (
          <Refusal problem={asking.problem} />
        )}
        <button type="submit" className="primary" disabled={asking.busy}>
          {t("signin.submit")}
        </button>
        <button type="button" className="link" aria-label={t("app.language.label")} onClick={switchLanguage}>
          {t("app.language")}
        </button>
      </form>
    </main>
  );
}
