import type { Demand } from "../api/demands";

/** Which demands are listed; empty: all. */
export interface DemandFilter {
  state: string;
  department: string;
  category: string;
  origin: string;
  search: string;
}

export const EVERY: DemandFilter = { state: "", department: "", category: "", origin: "", search: "" };

const URGENCY: readonly Demand["state"][] = ["proposed", "overdue", "due", "fresh", "dormant", "suspended", "done"];

/** What somebody asked for besides the catalogue, and what still waits: that comes first. */
function isOpen({ origin, state }: Demand): boolean {
  return origin !== "catalogue" && (state === "proposed" || state === "due" || state === "overdue");
}

/** The demands that are asked for, the most pressing first. */
export function filtered(demands: Demand[], filter: DemandFilter, nameOf: (demand: Demand) => string): Demand[] {
  const words = filter.search.trim().toLowerCase();
  return demands
    .filter(
      (one) =>
        (filter.state === "" || one.state === filter.state) &&
        (filter.department === "" || one.department_id === filter.department) &&
        (filter.category === "" || one.category === filter.category) &&
        (filter.origin === "" || one.origin === filter.origin) &&
        (words === "" || `${one.id} ${nameOf(one)}`.toLowerCase().includes(words)),
    )
    .sort(
      (one, other) =>
        Number(isOpen(other)) - Number(isOpen(one)) ||
        URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state) ||
        other.priority - one.priority ||
        one.id.localeCompare(other.id),
    );
}
