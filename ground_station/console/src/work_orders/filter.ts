import type { WorkOrder } from "../api/types";
import { urgencyOf } from "./due";

export type Which = "open" | "overdue" | "closed" | "all";

export interface OrderFilter {
  which: Which;
  department: string;
  category: string;
}

export const EVERYTHING_OPEN: OrderFilter = { which: "open", department: "", category: "" };

function isWanted(order: WorkOrder, filter: OrderFilter, now_ms: number): boolean {
  if (filter.department !== "" && order.department_id !== filter.department) return false;
  if (filter.category !== "" && order.category !== filter.category) return false;
  if (filter.which === "all") return true;
  if (filter.which === "overdue") return urgencyOf(order, now_ms) === "overdue";
  return (order.phase === "closed") === (filter.which === "closed");
}

/** The wanted work orders: the open ones by their due time, the closed ones behind, newest first. */
export function chooseOrders(orders: WorkOrder[], filter: OrderFilter, now_ms: number): WorkOrder[] {
  const wanted = orders.filter((order) => isWanted(order, filter, now_ms));
  const open = wanted.filter((order) => order.phase !== "closed").sort((one, other) => one.due_at.localeCompare(other.due_at));
  const closed = wanted
    .filter((order) => order.phase === "closed")
    .sort((one, other) => other.opened_at.localeCompare(one.opened_at));
  return [...open, ...closed];
}
