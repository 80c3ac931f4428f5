import { Popup, type Map as MapLibreMap, type MapGeoJSONFeature, type MapMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import type { GeoPoint } from "../api/types";

/** What can be pointed at, the uppermost first. */
const POINTED = ["drones", "orders", "reviews", "findings", "docks", "route-line", "route-point", "route-fill"] as const;
const REACH_PX = 5;

export interface Pointed {
  layer: (typeof POINTED)[number];
  id: string;
  properties: Record<string, unknown>;
}

export interface Pointing {
  onClick: (pointed: Pointed) => void;
  textOf: (pointed: Pointed) => string;
  /** While a place is asked for, a click gives the place, whatever is drawn there. */
  onPlace: ((place: GeoPoint) => void) | null;
}

function find(map: MapLibreMap, { point }: MapMouseEvent): Pointed | null {
  const box: [[number, number], [number, number]] = [
    [point.x - REACH_PX, point.y - REACH_PX],
    [point.x + REACH_PX, point.y + REACH_PX],
  ];
  const hits: MapGeoJSONFeature[] = map.queryRenderedFeatures(box, { layers: [...POINTED] });
  for (const layer of POINTED) {
    const hit = hits.find((one) => one.layer.id === layer);
    if (hit !== undefined) return { layer, id: String(hit.properties["id"] ?? ""), properties: hit.properties };
  }
  return null;
}

/** Clicks on the map, and a note with the name of what the pointer is on. */
export function usePointing(map: MapLibreMap | null, pointing: Pointing): void {
  const current = useRef(pointing);
  useEffect(() => {
    current.current = pointing;
  });
  useEffect(() => {
    if (map === null) return undefined;
    const note = new Popup({ closeButton: false, closeOnClick: false, offset: 10, className: "map-note" });
    const click = (event: MapMouseEvent) => {
      const { onClick, onPlace } = current.current;
      const pointed = onPlace === null ? find(map, event) : null;
      if (pointed !== null) onClick(pointed);
      onPlace?.({ lat_deg: event.lngLat.lat, lon_deg: event.lngLat.lng });
    };
    const move = (event: MapMouseEvent) => {
      const pointed = find(map, event);
      const asked = current.current.onPlace !== null;
      map.getCanvas().style.cursor = asked ? "crosshair" : pointed === null ? "" : "pointer";
      if (pointed === null) note.remove();
      else note.setLngLat(event.lngLat).setText(current.current.textOf(pointed)).addTo(map);
    };
    const leave = () => void note.remove();
    map.on("click", click);
    map.on("mousemove", move);
    map.on("mouseout", leave);
    return () => {
      note.remove();
      map.off("click", click);
      map.off("mousemove", move);
      map.off("mouseout", leave);
    };
  }, [map]);
}
