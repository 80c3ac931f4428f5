import type { Geometry } from "geojson";
import type { ErrorEllipse, GeoPoint, RouteGeometry } from "../api/types";
import type { LonLat } from "../state/world";

const METRES_PER_DEGREE = 111_320;
const CIRCLE_POINTS = 48;

/** A point as the map takes it. */
export function lonLat(point: GeoPoint): LonLat {
  return [point.lon_deg, point.lat_deg];
}

/** A closed ring. */
export function ring(points: GeoPoint[]): LonLat[] {
  const [first] = points;
  return first === undefined ? [] : [...points, first].map(lonLat);
}

/** The point so many metres east and north of another; flat earth, for drawing only. */
export function offset(point: GeoPoint, east_m: number, north_m: number): LonLat {
  const east_deg = east_m / (METRES_PER_DEGREE * Math.cos((point.lat_deg * Math.PI) / 180));
  return [point.lon_deg + east_deg, point.lat_deg + north_m / METRES_PER_DEGREE];
}

/** Metres between two points; flat earth, for sorting and display within a district. */
export function distanceM(one: GeoPoint, other: GeoPoint): number {
  const north = (other.lat_deg - one.lat_deg) * METRES_PER_DEGREE;
  const east = (other.lon_deg - one.lon_deg) * METRES_PER_DEGREE * Math.cos((one.lat_deg * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** An error ellipse at true scale, as a closed ring. */
export function ellipseRing(center: GeoPoint, ellipse: ErrorEllipse): LonLat[] {
  const turn = (ellipse.orientation_deg * Math.PI) / 180;
  return Array.from({ length: CIRCLE_POINTS + 1 }, (_, index) => {
    const angle = (2 * Math.PI * index) / CIRCLE_POINTS;
    const along = ellipse.semi_major_m * Math.cos(angle);
    const across = ellipse.semi_minor_m * Math.sin(angle);
    return offset(center, along * Math.sin(turn) + across * Math.cos(turn), along * Math.cos(turn) - across * Math.sin(turn));
  });
}

/** A route as it is drawn. */
export function routeShape(geometry: RouteGeometry): Geometry {
  switch (geometry.kind) {
    case "corridor":
      return { type: "LineString", coordinates: geometry.line.map(lonLat) };
    case "area":
      return { type: "Polygon", coordinates: [ring(geometry.outline), ...geometry.holes.map(ring)] };
    case "orbit": {
      const circle = { semi_major_m: geometry.radius_m, semi_minor_m: geometry.radius_m, orientation_deg: 0 };
      return { type: "Polygon", coordinates: [ellipseRing(geometry.center, circle)] };
    }
    case "waypoints":
      return geometry.points.length > 1
        ? { type: "LineString", coordinates: geometry.points.map(lonLat) }
        : { type: "MultiPoint", coordinates: geometry.points.map(lonLat) };
  }
}

/** Points between which a route lies. */
export function routeExtent(geometry: RouteGeometry): GeoPoint[] {
  switch (geometry.kind) {
    case "corridor":
      return geometry.line;
    case "area":
      return geometry.outline;
    case "orbit": {
      const { center, radius_m } = geometry;
      const corners = [offset(center, -radius_m, -radius_m), offset(center, radius_m, radius_m)];
      return corners.map(([lon_deg, lat_deg]) => ({ lon_deg, lat_deg }));
    }
    case "waypoints":
      return geometry.points;
  }
}

/** A point of a route to measure distances to. */
export function routeAnchor(geometry: RouteGeometry): GeoPoint | undefined {
  switch (geometry.kind) {
    case "corridor":
      return geometry.line[Math.floor(geometry.line.length / 2)];
    case "area":
      return geometry.outline[0];
    case "orbit":
      return geometry.center;
    case "waypoints":
      return geometry.points[0];
  }
}
