import type { Notice } from "../api/schedule";
import type { AircraftKey, District, Finding, FleetEntry, Flight, Incident, Route, Settings, WorkOrder } from "../api/types";

export type Connection = "connecting" | "live" | "lost";
/** Longitude and latitude in degrees, as the map takes them. */
export type LonLat = [number, number];

export interface Track {
  flightId: string | null;
  points: LonLat[];
}

/** Everything the screen shows, each noun by its id. */
export interface World {
  settings: Settings;
  district: District;
  routes: Route[];
  fleet: Record<string, FleetEntry>;
  tracks: Record<string, Track>;
  flights: Record<string, Flight>;
  findings: Record<string, Finding>;
  incidents: Record<string, Incident>;
  workOrders: Record<string, WorkOrder>;
  /** Day -> how many changes of its schedule were announced since the world was loaded; a new object with each, so that whoever
   * shows a schedule asks for it anew. */
  scheduleChanges: Record<string, number>;
  /** What departments are told that waits; those that have ended are not here. */
  notices: Record<string, Notice>;
  /** By drone and key, see `keyName`. */
  aircraftKeys: Record<string, AircraftKey>;
  /** A new object with each change of the demand register. */
  demandChanges: object;
}

const LONGEST_TRACK = 3000;

/** The same things by their id. */
export function byId<T>(items: T[], id: (item: T) => string): Record<string, T> {
  return Object.fromEntries(items.map((item) => [id(item), item]));
}

/** What a drone's key goes by: another drone may say the same one. */
export function keyName(key: AircraftKey): string {
  return `${key.drone_id} ${key.key_id}`;
}

/** The track with a further point; a new flight starts a new track. */
export function extendTrack(track: Track | undefined, flightId: string | null, point: LonLat): Track {
  if (track === undefined || track.flightId !== flightId) return { flightId, points: [point] };
  const last = track.points.at(-1);
  if (last !== undefined && last[0] === point[0] && last[1] === point[1]) return track;
  return { flightId, points: [...track.points.slice(-LONGEST_TRACK), point] };
}

const FINAL = new Set<Flight["state"]>(["completed", "aborted", "refused", "cancelled", "failed"]);

/** Whether a flight has not ended yet. */
export function isUnfinished(flight: Flight): boolean {
  return !FINAL.has(flight.state);
}

/** Whether a flight is in the air, as far as is known. */
export function isAirborne(flight: Flight): boolean {
  return flight.state === "flying" || flight.state === "holding" || flight.state === "returning";
}

/** The drone's newest flight, whatever became of it. */
export function latestFlight(world: World, droneId: string): Flight | undefined {
  return Object.values(world.flights)
    .filter((flight) => flight.plan.drone_id === droneId)
    .sort((one, other) => other.created_at.localeCompare(one.created_at))[0];
}

/** What a drone is doing or about to do: its newest unfinished flight. */
export function currentFlight(world: World, droneId: string): Flight | undefined {
  return Object.values(world.flights)
    .filter((flight) => flight.plan.drone_id === droneId && isUnfinished(flight))
    .sort(
      (one, other) => Number(isAirborne(other)) - Number(isAirborne(one)) || other.created_at.localeCompare(one.created_at),
    )[0];
}
