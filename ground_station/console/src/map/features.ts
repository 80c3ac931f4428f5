import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { District, FleetEntry, Flight, Route, WorkOrder } from "../api/types";
import { isAirborne, isUnfinished, type LonLat, type World } from "../state/world";
import { lonLat, ring, routeShape } from "./geo";

type Properties = Record<string, string | number | boolean>;

/** Grey for what the catalogue does not know. */
const UNKNOWN_COLOR = "#8c97a3";

/** A geometry with its properties. */
export function feature(geometry: Geometry, properties: Properties = {}): Feature {
  return { type: "Feature", geometry, properties };
}

/** Features as a source takes them. */
export function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** A polygon from one closed ring. */
export function polygon(closed: LonLat[], properties: Properties = {}): Feature {
  return feature({ type: "Polygon", coordinates: [closed] }, properties);
}

/** Category key -> colour. */
export function colorsOf(district: District): Map<string, string> {
  return new Map(district.categories.map((category) => [category.key, category.color]));
}

/** The routes that serve a category that is shown, coloured by the first such. */
export function routeFeatures(routes: Route[], colors: Map<string, string>, hidden: ReadonlySet<string>): Feature[] {
  return routes.flatMap((route) => {
    const shown = route.categories.find((key) => !hidden.has(key));
    if (shown === undefined) return [];
    return [feature(routeShape(route.geometry), { id: route.id, name: route.name, color: colors.get(shown) ?? UNKNOWN_COLOR })];
  });
}

/** The ways that unfinished flights are to fly. */
export function plannedFeatures(flights: Flight[]): Feature[] {
  return flights.filter(isUnfinished).map(({ plan }) => {
    const points = plan.legs.flatMap((leg) => leg.waypoints.map(({ point }) => lonLat(point)));
    return feature({ type: "LineString", coordinates: [lonLat(plan.home), ...points, lonLat(plan.landing?.point ?? plan.home)] });
  });
}

/** The ways flown so far, of flights in the air. */
export function trackFeatures({ tracks, flights }: Pick<World, "tracks" | "flights">): Feature[] {
  const airborne = new Set(
    Object.values(flights)
      .filter(isAirborne)
      .map((flight) => flight.id),
  );
  return Object.entries(tracks)
    .filter(([, { flightId, points }]) => points.length > 1 && flightId !== null && airborne.has(flightId))
    .map(([, { points }]) => feature({ type: "LineString", coordinates: points }));
}

/** The docks. */
export function dockFeatures(district: District): Feature[] {
  return district.docks.map((dock) => feature({ type: "Point", coordinates: lonLat(dock.point) }, { name: dock.name }));
}

/** `active`: on a flight, or its motors are running; parked ones stand back. */
export interface DroneLooks {
  label: string;
  fresh: boolean;
  active: boolean;
}

/** Drones whose place is known. */
export function droneFeatures(entries: FleetEntry[], looks: (entry: FleetEntry) => DroneLooks): Feature[] {
  return entries.flatMap((entry) => {
    const point = entry.telemetry?.point ?? null;
    if (point === null) return [];
    const heading_deg = entry.telemetry?.heading_deg ?? 0;
    return [feature({ type: "Point", coordinates: lonLat(point) }, { id: entry.drone.id, heading_deg, ...looks(entry) })];
  });
}

/** Open work orders and the selected one. */
export function orderFeatures(
  orders: WorkOrder[],
  colors: Map<string, string>,
  selected: string | null,
  now_ms: number,
): Feature[] {
  return orders
    .filter((order) => order.phase !== "closed" || order.id === selected)
    .map((order) =>
      feature(
        { type: "Point", coordinates: lonLat(order.incident.position) },
        {
          id: order.id,
          color: colors.get(order.category) ?? UNKNOWN_COLOR,
          selected: order.id === selected,
          overdue: order.phase !== "closed" && Date.parse(order.due_at) < now_ms,
          class_key: order.incident.class_key,
          category: order.category,
        },
      ),
    );
}

/** Findings, as small rings. */
export function findingFeatures(world: World, colors: Map<string, string>): Feature[] {
  return Object.values(world.findings).map((finding) =>
    feature(
      { type: "Point", coordinates: lonLat(finding.position) },
      {
        id: finding.id,
        color: colors.get(finding.category) ?? UNKNOWN_COLOR,
        class_key: finding.class_key,
        category: finding.category,
      },
    ),
  );
}

/** Incidents that wait for a person. */
export function reviewFeatures(world: World): Feature[] {
  return Object.values(world.incidents)
    .filter((incident) => incident.state === "awaiting_review")
    .map((incident) =>
      feature(
        { type: "Point", coordinates: lonLat(incident.position) },
        { id: incident.id, class_key: incident.class_key, category: incident.category },
      ),
    );
}

/** Outlines with their names. */
export function outlineFeatures<T extends { outline: Parameters<typeof ring>[0] }>(
  items: readonly T[],
  nameOf: (item: T) => string,
): Feature[] {
  return items.map((item) => polygon(ring(item.outline), { name: nameOf(item) }));
}
