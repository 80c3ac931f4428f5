import { useState } from "react";
import { post } from "../api/client";
import type { DayPlan } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";

/** So long the ground station goes on improving a plan that is already in force. */
export const IMPROVES_FOR_S = 60;
const ANSWERS_WITHIN_MS = 120_000;

interface Props {
  day: string;
  /** Whether a plan is in force already. */
  again: boolean;
  onPlanned: (plan: DayPlan) => void;
}

/** Plans the day. A plan that is in force is replaced only after a second yes. */
export function PlanDay({ day, again, onPlanned }: Props) {
  const { t } = useLanguage();
  const asking = useRequest();
  const [confirming, setConfirming] = useState(false);

  function plan(): void {
    asking.run(async () =>
      onPlanned(await post<DayPlan>("/schedules", { day, time_limit_s: IMPROVES_FOR_S }, ANSWERS_WITHIN_MS)),
    );
  }

  return (
    <>
      <button
        type="button"
        className={again ? "small" : "primary small"}
        disabled={asking.busy}
        aria-busy={asking.busy}
        onClick={() => (again ? setConfirming(true) : plan())}
      >
        {t(asking.busy ? "day.planning" : again ? "day.plan_again" : "day.plan")}
      </button>
      <Refusal problem={asking.problem} />
      {confirming && (
        <ConfirmDialog
          title={t("day.again.title", { day })}
          text={t("day.again.text")}
          verb={t("day.plan_again")}
          onConfirm={plan}
          onClose={() => setConfirming(false)}
        />
      )}
    </>
  );
}
