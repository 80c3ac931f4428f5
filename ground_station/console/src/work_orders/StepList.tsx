import type { Step } from "../api/types";
import { momentText } from "../i18n/format";
import { useLanguage } from "../i18n/language";

/** The recorded history of a work order, the newest step first. */
export function StepList({ steps }: { steps: Step[] }) {
  const localisation = useLanguage();
  const { t } = localisation;
  const newestFirst = [...steps].reverse();
  return (
    <section aria-label={t("order.steps")}>
      <h3>{t("order.steps")}</h3>
      <ol className="steps">
        {newestFirst.map((step, index) => (
          <li key={steps.length - index}>
            <span className="num quiet">{momentText(localisation, step.at)}</span>
            <span>
              <strong>{t(`action.${step.action}`)}</strong> · {step.by}
            </span>
            <span className="quiet">
              {step.before !== null && step.before !== step.after && `${t(`phase.${step.before}`)} → `}
              {t(`phase.${step.after}`)}
            </span>
            {step.reason !== "" && <q>{step.reason}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}
