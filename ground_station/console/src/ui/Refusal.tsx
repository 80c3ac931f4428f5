import { Problem } from "../api/client";
import { useLanguage } from "../i18n/language";

interface Props {
  problem: Problem | null;
  title?: string;
}

/** Why something was refused: every reason, or the one sentence where there are none apart. */
export function Refusal({ problem, title }: Props) {
  const { t } = useLanguage();
  if (problem === null) return null;
  const { reasons } = problem;
  return (
    <div className="refusal" role="alert">
      {title !== undefined && <strong>{title}</strong>}
      {reasons.length === 0 && <p>{problem.status === 0 ? t("problem.unreachable") : problem.message}</p>}
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={`${reason.where} ${reason.cause}`}>
              {reason.where !== "" && <code>{reason.where}</code>} {reason.cause}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
