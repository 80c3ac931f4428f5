import { useState } from "react";
import { post } from "../api/client";
import type { Action, WorkOrder } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";

const NEEDS_REASON: ReadonlySet<Action> = new Set<Action>(["send_back", "reject", "extend", "supervise", "dismiss"]);
const DEFAULT_EXTENSION_H = 24;

/** What may be done with a work order now. Actions that need a reason stay off until one is given. */
export function ActionForm({ order }: { order: WorkOrder }) {
  const { t } = useLanguage();
  const { change } = useWorld();
  const [reason, setReason] = useState("");
  const [extendHours, setExtendHours] = useState(DEFAULT_EXTENSION_H);
  const [dismissing, setDismissing] = useState(false);
  const asking = useRequest();
  const actions = order.allowed_actions;

  function act(action: Action): void {
    asking.run(async () => {
      const body = { action, reason, extend_hours: action === "extend" ? extendHours : null };
      change({ kind: "work_order", workOrder: await post<WorkOrder>(`/work-orders/${order.id}/actions`, body), before: order });
      setReason("");
    });
  }

  if (actions.length === 0) return <p className="quiet">{t("order.no_actions")}</p>;
  const lacksReason = reason.trim() === "";
  return (
    <section className="actions" aria-label={t("order.actions")}>
      <textarea
        rows={2}
        placeholder={t("reason")}
        aria-label={t("reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {actions.includes("extend") && (
        <label className="row">
          {t("order.extend_hours")}
          <input
            type="number"
            min={1}
            max={2160}
            value={extendHours}
            onChange={(event) => setExtendHours(event.target.valueAsNumber)}
          />
        </label>
      )}
      <div className="buttons">
        {actions.map((action) => (
          <button
            type="button"
            key={action}
            className={NEEDS_REASON.has(action) ? "" : "primary"}
            disabled={asking.busy || (NEEDS_REASON.has(action) && lacksReason)}
            title={NEEDS_REASON.has(action) && lacksReason ? t("reason.required") : ""}
            onClick={() => (action === "dismiss" ? setDismissing(true) : act(action))}
          >
            {t(`action.${action}`)}
          </button>
        ))}
      </div>
      <Refusal problem={asking.problem} />
      {dismissing && (
        <ConfirmDialog
          title={t("confirm.dismiss.title")}
          text={t("confirm.dismiss.text")}
          verb={t("action.dismiss")}
          onConfirm={() => act("dismiss")}
          onClose={() => setDismissing(false)}
        />
      )}
    </section>
  );
}
