import type { ScheduledFlight } from "../api/schedule";
import type { Flight } from "../api/types";
import { isAirborne } from "../state/world";

/** How a scheduled flight stands, as far as is known. */
export type Standing = "waiting" | "late" | "missed" | "dispatched" | "air" | "landed" | "broken_off";

/** A scheduled flight as it is really flown; `flight` of null: it was not dispatched, or never left its dock. */
export interface Actual {
  standing: Standing;
  flight: Flight | null;
}

/** What never left its dock: the scheduled flight waits as before. */
const VOID = new Set<Flight["state"]>(["planned", "cancelled", "refused"]);
/** A take-off that is so much over its time is late. */
const GRACE_MS = 60_000;

/** The schedule's id of each flight of a day that was dispatched -> what became of it. */
export function dispatchedOn(day: string, flights: Record<string, Flight>): ReadonlyMap<string, Flight> {
  const found = new Map<string, Flight>();
  for (const flight of Object.values(flights)) {
    if (flight.scheduled === null || flight.scheduled.day !== day || VOID.has(flight.state)) continue;
    const known = found.get(flight.scheduled.flight_id);
    if (known === undefined || known.created_at < flight.created_at) found.set(flight.scheduled.flight_id, flight);
  }
  return found;
}

/** How a scheduled flight stands at a moment; `over`: its day is past. */
export function actualOf(
  scheduled: ScheduledFlight,
  dispatched: ReadonlyMap<string, Flight>,
  now_ms: number,
  over: boolean,
): Actual {
  const flight = dispatched.get(scheduled.id) ?? null;
  return { standing: standingOf(scheduled, flight, now_ms, over), flight };
}

function standingOf(scheduled: ScheduledFlight, flight: Flight | null, now_ms: number, over: boolean): Standing {
  const late = now_ms > Date.parse(scheduled.takes_off_at) + GRACE_MS;
  if (flight === null) return over ? "missed" : late ? "late" : "waiting";
  if (isAirborne(flight)) return "air";
  if (flight.state === "completed") return "landed";
  if (flight.state === "aborted" || flight.state === "failed") return "broken_off";
  return late && flight.took_off_at === null ? "late" : "dispatched";
}
