import type { DayPlan } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { useNow } from "../state/useNow";
import { dayMoment } from "./day";
import { methodText } from "./method";
import { IMPROVES_FOR_S } from "./PlanDay";

interface Props {
  plan: DayPlan;
}

/** How much of the day's work is flown, how good the plan is, and how it came about. */
export function DayFigures({ plan }: Props) {
  const { t, locale } = useLanguage();
  const { schedule, value, value_bound, flight_h } = plan;
  const passes = schedule.passes.length;
  const flown = passes - schedule.unserved.length;
  // A task that came in after the plan was made adds a value that the bound knows nothing of; then the bound is left out.
  const share = value_bound > 0 ? Math.floor((value / value_bound) * 100) : 100;
  const words = { value: Math.round(value), bound: Math.round(value_bound), share };
  const note = schedule.method.includes(plan.note) ? "" : plan.note;
  const made = t("day.made", { at: dayMoment(plan.made_at, locale), by: plan.made_by });
  return (
    <div className="day-figures">
      <ul className="num">
        <li>{t("day.figure.passes", { flown, passes })}</li>
        <li>{t("day.figure.flights", { flights: schedule.flights.length })}</li>
        <li>{t("day.figure.hours", { hours: flight_h.toFixed(1) })}</li>
        <li title={t("day.figure.value.title")}>
          {value > value_bound ? t("day.figure.value_only", words) : t("day.figure.value", words)}
        </li>
      </ul>
      {plan.improving ? (
        <Improving since={plan.made_at} />
      ) : (
        <p className="quiet one-line" title={[made, note].join("\n")}>
          {methodText(t, schedule.method)} · {made}
          {note !== "" && ` · ${note}`}
        </p>
      )}
    </div>
  );
}

function Improving({ since }: { since: string }) {
  const { t } = useLanguage();
  const passed_s = Math.max(0, Math.round((useNow() - Date.parse(since)) / 1000));
  return (
    <p className="improving num" role="status">
      <progress max={IMPROVES_FOR_S} value={Math.min(passed_s, IMPROVES_FOR_S)} aria-label={t("day.improving.label")} />
      {t("day.improving", { seconds: passed_s })}
    </p>
  );
}
