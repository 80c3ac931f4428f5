import { useCallback, useMemo, useState } from "react";
import type { GeoPoint, RouteGeometry } from "../api/types";
import type { DrawnFlight } from "../map/scheduled";

export type TakePlace = (place: GeoPoint) => void;

/** What the day's plan shows on the map, and asks of it. */
export interface OnMap {
  drawn: DrawnFlight | null;
  draw: (flight: DrawnFlight | null) => void;
  /** A route that is pointed out. */
  route: string | null;
  pointOut: (routeId: string | null) => void;
  spot: GeoPoint | null;
  putSpot: (spot: GeoPoint | null) => void;
  /** A ground that is being drawn or looked at. */
  sketch: RouteGeometry | null;
  putSketch: (sketch: RouteGeometry | null) => void;
  /** Who takes the place of a click; null: nobody asks for one. */
  onPlace: TakePlace | null;
  askPlace: (take: TakePlace | null) => void;
  /** Outlines of closed airspace that are being drawn or looked at. */
  closed: readonly GeoPoint[][];
  putClosed: (outlines: readonly GeoPoint[][]) => void;
  clear: () => void;
}

const NOTHING: readonly GeoPoint[][] = [];

/** One thing to look at, a flight or a route. Nothing at first, and nothing again after `clear`. */
export function useOnMap(): OnMap {
  const [drawn, setDrawn] = useState<DrawnFlight | null>(null);
  const [route, setRoute] = useState<string | null>(null);
  const [spot, putSpot] = useState<GeoPoint | null>(null);
  const [sketch, putSketch] = useState<RouteGeometry | null>(null);
  const [onPlace, setOnPlace] = useState<TakePlace | null>(null);
  const [closed, putClosed] = useState<readonly GeoPoint[][]>(NOTHING);
  const askPlace = useCallback((take: TakePlace | null) => setOnPlace(() => take), []);
  const draw = useCallback((flight: DrawnFlight | null) => {
    setDrawn(flight);
    if (flight !== null) setRoute(null);
  }, []);
  const pointOut = useCallback((routeId: string | null) => {
    setRoute(routeId);
    if (routeId !== null) setDrawn(null);
  }, []);
  const clear = useCallback(() => {
    setDrawn(null);
    setRoute(null);
    putSpot(null);
    putClosed(NOTHING);
    putSketch(null);
    setOnPlace(null);
  }, []);
  return useMemo(
    () => ({ drawn, draw, route, pointOut, spot, putSpot, onPlace, askPlace, closed, putClosed, sketch, putSketch, clear }),
    [drawn, draw, route, pointOut, spot, onPlace, askPlace, closed, sketch, clear],
  );
}
