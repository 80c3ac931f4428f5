import {
  GeoJSONSource,
  Map as MapLibreMap,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type LngLatBoundsLike,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { FeatureCollection } from "geojson";
import { useEffect, useMemo, useState, type RefObject } from "react";
import type { District, GeoPoint } from "../api/types";
import { addImages } from "./images";
import { mapStyle, type SourceName } from "./style";

setWorkerUrl(workerUrl);

export const FIT = { padding: 28, duration: 600 };

/** The rectangle round points. */
export function boundsOf(points: readonly GeoPoint[]): LngLatBoundsLike {
  const lons = points.map((point) => point.lon_deg);
  const lats = points.map((point) => point.lat_deg);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export interface MapState {
  /** null until its style has been loaded. */
  map: MapLibreMap | null;
  failure: string | null;
}

/** Makes the map in a container, once; the rest of the console works without it where there is no WebGL. */
export function useMap(container: RefObject<HTMLDivElement | null>, district: District, tileUrl: string | null): MapState {
  const [state, setState] = useState<MapState>({ map: null, failure: null });
  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    let map: MapLibreMap;
    try {
      map = new MapLibreMap({
        container: element,
        style: mapStyle(tileUrl),
        bounds: boundsOf(district.outline),
        fitBoundsOptions: { padding: FIT.padding },
        localIdeographFontFamily: "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
        attributionControl: false,
        pitchWithRotate: false,
        maxZoom: 20,
        // Fading labels would redraw the map for a third of a second after each report of a drone.
        fadeDuration: 0,
      });
    } catch (error) {
      setState({ map: null, failure: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
    map.addControl(new NavigationControl({ visualizePitch: false }), "top-right");
    map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-right");
    map.on("load", () => {
      addImages(map);
      setState({ map, failure: null });
    });
    return () => {
      setState({ map: null, failure: null });
      map.remove();
    };
    // The district's outline and the tile address do not change while the page is open.
  }, [container]);
  return state;
}

/** Keeps a source of the map filled with these features; the map is drawn anew only where they differ from before. */
export function useSource(map: MapLibreMap | null, name: SourceName, data: FeatureCollection): void {
  const text = useMemo(() => JSON.stringify(data), [data]);
  useEffect(() => {
    const source = map?.getSource(name);
    if (source instanceof GeoJSONSource) void source.setData(JSON.parse(text) as FeatureCollection);
  }, [map, name, text]);
}
