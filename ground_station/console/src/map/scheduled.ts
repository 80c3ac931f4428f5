import type { Feature } from "geojson";
import type { ScheduledFlight, Visit } from "../api/schedule";
import type { GeoPoint } from "../api/types";
import type { LonLat } from "../state/world";
import { feature } from "./features";
import { lonLat } from "./geo";

/** A flight of the day's schedule, with the colours of its visits in their order. */
export interface DrawnFlight {
  flight: ScheduledFlight;
  colors: readonly string[];
}

/** Its whole way, the ground of each visit on top, and the visits' numbers where their cameras begin. */
export function scheduledFeatures(drawn: DrawnFlight | null): Feature[] {
  if (drawn === null) return [];
  const { flight, colors } = drawn;
  const way = flight.path.map(({ point }) => lonLat(point));
  const parts = flight.visits.map((visit) => partOf(flight, visit));
  return [
    feature({ type: "LineString", coordinates: way }, { visit: false, color: "#ffffff" }),
    ...parts.flatMap((part, index) =>
      part.length > 1
        ? [feature({ type: "LineString", coordinates: part }, { visit: true, color: colors[index] ?? "#ffffff" })]
        : [],
    ),
    ...parts.flatMap(([first], index) =>
      first === undefined ? [] : [feature({ type: "Point", coordinates: first }, { label: String(index + 1), visit: true })],
    ),
  ];
}

/** Where the aircraft is during a visit. */
function partOf({ path }: ScheduledFlight, { begins_at, ends_at }: Visit): LonLat[] {
  const begin_ms = Date.parse(begins_at);
  const end_ms = Date.parse(ends_at);
  const within = path.filter(({ at }) => Date.parse(at) > begin_ms && Date.parse(at) < end_ms);
  const ends =
    end_ms > begin_ms ? [placeAt(path, begin_ms), ...within.map(toLonLat), placeAt(path, end_ms)] : [placeAt(path, begin_ms)];
  return ends.filter((place) => place !== undefined);
}

function toLonLat({ point }: { point: GeoPoint }): LonLat {
  return lonLat(point);
}

/** Between two points of its path an aircraft flies straight and evenly. */
function placeAt(path: ScheduledFlight["path"], at_ms: number): LonLat | undefined {
  const next = path.findIndex(({ at }) => Date.parse(at) >= at_ms);
  const after = path[next];
  const before = path[next - 1];
  if (after === undefined || before === undefined) return undefined;
  const whole_ms = Date.parse(after.at) - Date.parse(before.at);
  const share = whole_ms > 0 ? (at_ms - Date.parse(before.at)) / whole_ms : 1;
  const [west, south] = lonLat(before.point);
  const [east, north] = lonLat(after.point);
  return [west + share * (east - west), south + share * (north - south)];
}

/** Closed airspace; while it is drawn, its first corners. */
export function closedFeatures(outlines: readonly GeoPoint[][]): Feature[] {
  return outlines.flatMap((outline) => {
    const places = outline.map(lonLat);
    const [first] = places;
    if (first === undefined) return [];
    if (places.length < 3) return [feature(places.length === 1 ? { type: "Point", coordinates: first } : { type: "LineString", coordinates: places })];
    return [feature({ type: "Polygon", coordinates: [[...places, first]] })];
  });
}

/** The place of an urgent task. */
export function spotFeatures(spot: GeoPoint | null): Feature[] {
  return spot === null ? [] : [feature({ type: "Point", coordinates: lonLat(spot) })];
}
