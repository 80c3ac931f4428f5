/** The day's schedule as it arrives over HTTP: `missions/schedule.py` and `ground_station/scheduling/schemas.py`. */

import type { CameraUse, GeoPoint } from "./types";

export interface Span {
  begins_at: string;
  ends_at: string;
}

/** What one demand asks of the pass that serves it. */
export interface Look {
  demand_id: string;
  department_id: string;
  category: string;
  max_sample_m: number;
}

/** One look at a route's ground that serves several demands at once, flown as its finest demand needs. */
export interface Pass {
  id: string;
  route_id: string;
  demand_ids: string[];
  departments: string[];
  height_m: number;
  camera: CameraUse;
  value: number;
  /** Empty in schedules that were stored before there were looks. */
  looks: Look[];
}

/** Why a demand joined another route's pass, was split off into another pass over its ground, or was left without any. */
export interface MergeNote {
  kind: "joined" | "split" | "left";
  demand_id: string;
  department_id: string;
  reason: string;
  /** null: it was left. */
  pass_id: string | null;
  expires_at: string | null;
}

export interface Visit extends Span {
  pass_id: string;
  route_id: string;
}

export interface TimedPoint {
  point: GeoPoint;
  height_m: number;
  at: string;
}

export interface ScheduledFlight {
  id: string;
  drone_id: string;
  from_dock_id: string;
  to_dock_id: string;
  takes_off_at: string;
  lands_at: string;
  visits: Visit[];
  path: TimedPoint[];
  energy_wh: number;
  distance_m: number;
}

/** `missions.schedule.UnservedCode`. */
export const UNSERVED_CODES = [
  "no_room",
  "no_able_drone",
  "cannot_be_flown",
  "outside_hours",
  "weather",
  "airspace_closed",
  "dropped",
] as const;
export type UnservedCode = (typeof UNSERVED_CODES)[number];
/** Why a pass waits, why no pass serves a demand, or why it has one of its own over its ground. */
export const REASON_CODES = [...UNSERVED_CODES, "left", "split"] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** A pass that is not flown on the day: why, and until when it waits. */
export interface Unserved {
  pass_id: string;
  route_id: string;
  code: UnservedCode;
  text: string;
  expires_at: string;
}

/** A department is told that something of a day waits (`subject`: a pass, or a demand without one), and until when. */
export interface Notice {
  id: string;
  department_id: string;
  day: string;
  subject: string;
  route_id: string | null;
  code: UnservedCode | "left";
  text: string;
  expires_at: string;
  made_at: string;
  /** Since then it is planned again, or not asked for any more. */
  ended_at: string | null;
}

/** Airspace closed for a time. */
export interface Closure {
  id: string;
  outline: GeoPoint[];
  span: Span;
}

/** What holds on a day besides the catalogue; wind of unknown direction is ahead on every way. */
export interface Conditions {
  wind_mps: number;
  wind_from_deg: number | null;
  closures: Closure[];
  grounded_drones: string[];
}

/** What has happened, as it is asked what that would do to the day. */
export interface Happened {
  urgent?: UrgentPlace;
  lost_drones?: string[];
  restored_drones?: string[];
  wind_mps?: number;
  wind_from_deg?: number | null;
  closures?: Closure[];
  recall?: string[];
}

export interface Schedule {
  day: string;
  method: string;
  daylight: Span;
  conditions: Conditions;
  passes: Pass[];
  flights: ScheduledFlight[];
  unserved: Unserved[];
  merging: MergeNote[];
}

/** A schedule in force, and how good it is: no plan could exceed `value_bound`. */
export interface DayPlan {
  id: string;
  made_at: string;
  made_by: string;
  note: string;
  improving: boolean;
  value: number;
  value_bound: number;
  flight_h: number;
  schedule: Schedule;
}

export interface UrgentPlace {
  point: GeoPoint;
  category: string;
}

/** What a change does to the day; in force only where confirmed. `arrivals`: urgent demand -> when its place is reached. */
export interface Replanned {
  confirmed: boolean;
  arrivals: Record<string, string>;
  moved: string[];
  dropped: string[];
  /** Drones that end the day away from home. */
  stranded: string[];
  /** Flights on their aircraft whose dispatch is taken back. */
  called_off: string[];
  schedule: Schedule;
}

export interface DueCount {
  department_id: string;
  category: string;
  demands: number;
  due: number;
  overdue: number;
  planned: number;
}

/** What a department bears of the flights of a period, and what flying alone would have cost it. */
export interface Statement {
  department_id: string;
  flights: number;
  passes: number;
  minutes: number;
  cost_yuan: number;
  alone_minutes: number;
  alone_cost_yuan: number;
  saved_yuan: number;
  share_error_yuan: number;
  /** What it would have taken by itself is known of so many of the days; `compared_*` is what it bears of those. */
  days: number;
  compared_days: number;
  compared_minutes: number;
  compared_cost_yuan: number;
  apart_flights: number;
  apart_minutes: number;
  apart_cost_yuan: number;
  apart_missed: number;
}

export interface DepartmentShare {
  department_id: string;
  passes: number;
  minutes: number;
  cost_yuan: number;
  share_error_yuan: number;
}

/** One flight with its shares, which add up exactly to its minutes and cost. */
export interface FlightStatement {
  day: string;
  flight_id: string;
  drone_id: string;
  takes_off_at: string;
  minutes: number;
  cost_yuan: number;
  shares: DepartmentShare[];
}
