import type { DayPlan } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { mayPlan, useWorld } from "../state/StationContext";
import { DaySwitch, type DayChoice } from "./DaySwitch";
import { PlanDay } from "./PlanDay";

/** What is asked beside the plan: an urgent task, or what has happened. */
export type Form = "urgent" | "happened";

interface Props {
  day: string;
  choice: DayChoice;
  onChoose: (choice: DayChoice) => void;
  plan: DayPlan | null | undefined;
  onPlanned: (plan: DayPlan) => void;
  /** Whether the day is over. */
  past: boolean;
  form: Form | null;
  onForm: (form: Form | null) => void;
  onClose: () => void;
}

/** Which day, and what may be done with it: a day that is over is only looked at. */
export function DayHead({ day, choice, onChoose, plan, onPlanned, past, form, onForm, onClose }: Props) {
  const { t } = useLanguage();
  const { role } = useWorld();
  const may = mayPlan(role) && !past;
  return (
    <header className="panel-head day-head">
      <h2>{t("day.title")}</h2>
      <DaySwitch choice={choice} day={day} onChoose={onChoose} />
      {may && <PlanDay key={day} day={day} again={plan != null} onPlanned={onPlanned} />}
      {may && plan != null && (
        <button type="button" className="small urgent-open" aria-pressed={form === "urgent"} onClick={() => onForm(form === "urgent" ? null : "urgent")}>
          {t("day.urgent")}
        </button>
      )}
      {may && (
        <button
          type="button"
          className="small urgent-open"
          aria-pressed={form === "happened"}
          onClick={() => onForm(form === "happened" ? null : "happened")}
        >
          {t(plan == null ? "day.conditions" : "day.happened")}
        </button>
      )}
      <span className="spacer" />
      <button type="button" className="small" onClick={onClose}>
        {t("close")}
      </button>
    </header>
  );
}
