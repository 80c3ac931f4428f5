import type { Pass, Schedule, ScheduledFlight, Visit } from "../api/schedule";
import type { Category, District, Dock, Drone, Route } from "../api/types";
import { sinceMidnightMs } from "./day";

const HOUR_MS = 3_600_000;
/** Grey for what no category is known of; an urgent place has the colour of a warning. */
const UNKNOWN_COLOR = "#8c97a3";
const URGENT_COLOR = "#ffffff";

/** The hours that the chart shows. */
export interface Axis {
  from_ms: number;
  until_ms: number;
}

/** Where something lies on the axis, or within a flight: shares of the whole. */
export interface Extent {
  from: number;
  size: number;
}

export interface Segment extends Extent {
  visit: Visit;
  color: string;
}

export interface Bar extends Extent {
  flight: ScheduledFlight;
  segments: Segment[];
}

export interface Row {
  drone: Drone;
  grounded: boolean;
  bars: Bar[];
}

export interface DockRows {
  id: string;
  dock: Dock | undefined;
  rows: Row[];
}

/** Whole hours round daylight and every flight. */
export function axisOf(schedule: Schedule): Axis {
  const spans = [schedule.daylight, ...schedule.flights.map((one) => ({ begins_at: one.takes_off_at, ends_at: one.lands_at }))];
  const first = Math.min(...spans.map((span) => Date.parse(span.begins_at)));
  const last = Math.max(...spans.map((span) => Date.parse(span.ends_at)));
  const from_ms = first - (sinceMidnightMs(first) % HOUR_MS);
  return { from_ms, until_ms: from_ms + Math.ceil((last - from_ms) / HOUR_MS) * HOUR_MS };
}

/** The whole hours of an axis, its end left out. */
export function hoursOf({ from_ms, until_ms }: Axis): number[] {
  return Array.from({ length: Math.round((until_ms - from_ms) / HOUR_MS) }, (_, hour) => from_ms + hour * HOUR_MS);
}

/** A span of time on an axis, cut off at its ends. */
export function extentOf({ from_ms, until_ms }: Axis, begins_at: string, ends_at: string): Extent {
  const whole = until_ms - from_ms;
  const begin = Math.max(0, (Date.parse(begins_at) - from_ms) / whole);
  const end = Math.min(1, (Date.parse(ends_at) - from_ms) / whole);
  return { from: begin, size: Math.max(0, end - begin) };
}

/** How an extent is placed. */
export function placed({ from, size }: Extent): { insetInlineStart: string; inlineSize: string } {
  return { insetInlineStart: `${from * 100}%`, inlineSize: `${size * 100}%` };
}

/** Pass -> the categories it serves, in the order of its route, as far as they are known. */
export function categoriesOf(schedule: Schedule, district: District, routes: Route[]): Map<string, Category[]> {
  const known = new Map(district.categories.map((one) => [one.key, one]));
  const byRoute = new Map(routes.map((route) => [route.id, route.categories]));
  return new Map(
    schedule.passes.map((pass) => {
      const order = byRoute.get(pass.route_id) ?? [];
      const keys = demandedKeys(pass).filter((key) => known.has(key));
      const found = keys.length > 0 ? keys.sort((one, other) => order.indexOf(one) - order.indexOf(other)) : order;
      return [pass.id, found.flatMap((key) => known.get(key) ?? [])];
    }),
  );
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** A standing demand is named `route:category`. */
function demandedKeys(pass: Pass): string[] {
  return pass.demand_ids.map((id) => id.slice(id.indexOf(":") + 1));
}

/** Whether a route was made for an urgent task, so that the catalogue does not know it. */
export function isUrgent(routeId: string): boolean {
  return routeId.startsWith("urgent-");
}

/** The chart's rows: every dock with its drones, those without flights too; drones that left the catalogue come last. */
export function rowsOf(schedule: Schedule, district: District, axis: Axis, categories: Map<string, Category[]>): DockRows[] {
  const byDrone = grouped(schedule.flights, (flight) => flight.drone_id);
  const known = new Set(district.drones.map((drone) => drone.id));
  const gone = [...byDrone].flatMap(([id, [flight]]): Drone[] =>
    known.has(id) || flight === undefined ? [] : [{ id, name: id, type_id: "", dock_id: flight.from_dock_id }],
  );
  const grounded = new Set(schedule.conditions.grounded_drones);
  const row = (drone: Drone): Row => ({
    drone,
    grounded: grounded.has(drone.id),
    bars: (byDrone.get(drone.id) ?? []).map((flight) => barOf(flight, axis, categories)),
  });
  return [...grouped([...district.drones, ...gone], (drone) => drone.dock_id)].map(([id, drones]) => ({
    id,
    dock: district.docks.find((dock) => dock.id === id),
    rows: drones.map(row),
  }));
}

function barOf(flight: ScheduledFlight, axis: Axis, categories: Map<string, Category[]>): Bar {
  const whole: Axis = { from_ms: Date.parse(flight.takes_off_at), until_ms: Date.parse(flight.lands_at) };
  const segments = flight.visits.map((visit) => ({
    visit,
    color: colorOf(visit, categories),
    ...extentOf(whole, visit.begins_at, visit.ends_at),
  }));
  return { flight, segments, ...extentOf(axis, flight.takes_off_at, flight.lands_at) };
}

/** The colour of a visit: its first category's. */
export function colorOf(visit: Visit, categories: Map<string, Category[]>): string {
  return categories.get(visit.pass_id)?.[0]?.color ?? (isUrgent(visit.route_id) ? URGENT_COLOR : UNKNOWN_COLOR);
}

/** The share of its battery that a flight takes; null where the drone's type is not known. */
export function batteryShareOf(flight: ScheduledFlight, district: District): number | null {
  const drone = district.drones.find((one) => one.id === flight.drone_id);
  const type = district.aircraft_types.find((one) => one.id === drone?.type_id);
  return type === undefined ? null : flight.energy_wh / type.battery_wh;
}
