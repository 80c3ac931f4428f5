/** The demand register as it arrives over HTTP: `missions/demand.py` and `ground_station/demands/schemas.py`. */

import type { RouteGeometry } from "./types";

export interface Frequency {
  times: number;
  per: "day" | "week" | "month" | "on_call";
}

/** Time of day as HH:MM:SS; weekdays from 0, Monday; none named: every day. */
export interface TimeWindow {
  begins: string;
  ends: string;
  weekdays: number[];
}

/** Both ends are [month, day]. */
export interface Season {
  begins: [number, number];
  ends: [number, number];
}

export const ORIGINS = ["catalogue", "operator", "hotline", "work_order", "event"] as const;
export type Origin = (typeof ORIGINS)[number];

export const STATES = ["proposed", "overdue", "due", "fresh", "done", "dormant", "suspended"] as const;
export type DemandState = (typeof STATES)[number];

/** What of a demand may be chosen when it is registered. */
export interface DemandFields {
  category: string;
  department_id: string;
  geometry: RouteGeometry;
  route_id: string | null;
  origin: Origin;
  frequency: Frequency;
  windows: TimeWindow[];
  season: Season | null;
  max_sample_m: number;
  steepest_deg: number;
  flattest_deg: number;
  thermal: boolean;
  priority: number;
  valid_from: string | null;
  valid_until: string | null;
  note: string;
}

export interface Demand extends DemandFields {
  id: string;
  state: DemandState;
  last_seen_at: string | null;
  next_due_at: string | null;
  changed: boolean;
  registered_by: string | null;
}

/** A ground that a file draws. */
export interface DrawnGround {
  name: string;
  geometry: RouteGeometry;
}
