import { Problem } from "../api/client";
import { useLanguage } from "../i18n/language";

/** `missions.checking.Rule`: what a sound day keeps. */
const RULES = [
  "unknown",
  "accounting",
  "value",
  "window",
  "validity",
  "sensor",
  "resolution",
  "angle",
  "path",
  "height",
  "speed",
  "waiting",
  "coverage",
  "energy",
  "battery",
  "place",
  "dock",
  "airspace",
  "hours",
  "crew",
  "weather",
  "separation",
] as const;

const isRule = (where: string): where is (typeof RULES)[number] => (RULES as readonly string[]).includes(where);

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
              {isRule(reason.where) ? (
                <strong>{t(`rule.${reason.where}`)}:</strong>
              ) : (
                reason.where !== "" && <code>{reason.where}</code>
              )}{" "}
              {reason.cause}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
