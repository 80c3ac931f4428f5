import type { Feature, FeatureCollection, Position } from "geojson";
import type { Closure, Span } from "../api/schedule";

/**
 * The polygons of a GeoJSON text as closures, under their `id`s; `begins_at` and `ends_at` (HH:MM, or a moment with its zone)
 * where they have them, else those of `span`. None where it is no such text.
 */
export function closuresIn(text: string, span: Span, onDay: (clock: string) => string): Closure[] {
  let file: FeatureCollection | Feature;
  try {
    file = JSON.parse(text) as FeatureCollection | Feature;
  } catch {
    return [];
  }
  const features = file.type === "FeatureCollection" ? file.features : file.type === "Feature" ? [file] : [];
  return features.flatMap((one, index) => closureOf(one, index, span, onDay));
}

function closureOf({ geometry, properties }: Feature, index: number, span: Span, onDay: (clock: string) => string): Closure[] {
  if (geometry?.type !== "Polygon") return [];
  const [ring = []] = geometry.coordinates;
  const moment = (written: unknown, other: string): string =>
    typeof written !== "string" ? other : /^\d\d:\d\d$/.test(written) ? onDay(written) : written;
  const id = String(properties?.["id"] ?? `file-${index + 1}`);
  const outline = withoutClosing(ring).map(([lon_deg = 0, lat_deg = 0]) => ({ lat_deg, lon_deg }));
  const begins_at = moment(properties?.["begins_at"], span.begins_at);
  return [{ id, outline, span: { begins_at, ends_at: moment(properties?.["ends_at"], span.ends_at) } }];
}

/** GeoJSON repeats a ring's first corner at its end. */
function withoutClosing(ring: Position[]): Position[] {
  const [first] = ring;
  const last = ring.at(-1);
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
}
