import type { WorkOrder } from "../api/types";
import { spanText } from "../i18n/format";
import type { Localisation } from "../i18n/language";

export type Urgency = "closed" | "overdue" | "soon" | "later";

const SOON_S = 3600;

/** How pressing a work order is. */
export function urgencyOf(order: WorkOrder, now_ms: number): Urgency {
  if (order.phase === "closed") return "closed";
  const left_s = (Date.parse(order.due_at) - now_ms) / 1000;
  return left_s < 0 ? "overdue" : left_s < SOON_S ? "soon" : "later";
}

/** The time left, or the time over, in words. */
export function dueText(localisation: Localisation, order: WorkOrder, now_ms: number): string {
  if (order.phase === "closed") return localisation.t("order.closed");
  const left_s = (Date.parse(order.due_at) - now_ms) / 1000;
  const time = spanText(localisation, Math.abs(left_s));
  return localisation.t(left_s < 0 ? "order.overdue_by" : "order.due_in", { time });
}
