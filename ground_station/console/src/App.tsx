import { useLanguage } from "./i18n/language";
import { Screen } from "./Screen";
import { SignIn } from "./session/SignIn";
import { useSession } from "./session/useSession";

/** The console: sign-in first, then the one screen. */
export function App() {
  const { t } = useLanguage();
  const { session, failure, signIn, signOut, ended } = useSession();
  if (failure !== null) {
    return (
      <main className="waiting" role="alert">
        <p>
          {t("app.load_failed")}: {failure}
        </p>
        <button type="button" onClick={() => window.location.reload()}>
          {t("app.retry")}
        </button>
      </main>
    );
  }
  if (session === undefined) return <main className="waiting">{t("app.loading")}</main>;
  if (session === null) return <SignIn signIn={signIn} />;
  return <Screen session={session} onSignOut={signOut} onEnded={ended} />;
}
