import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef, useState } from "react";
import type { GeoPoint, RouteGeometry } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { namesOf } from "../work_orders/naming";
import { lonLat } from "./geo";
import { Legend } from "./Legend";
import type { DrawnFlight } from "./scheduled";
import type { Switch } from "./style";
import { useLayers } from "./useLayers";
import { boundsOf, FIT, useMap } from "./useMap";
import { usePointing, type Pointed } from "./usePointing";

const CLOSE_UP_ZOOM = 15.5;
const CLEAR_OF_BUTTONS = { top: 50, right: 60, bottom: 60, left: 40 };

interface Props {
  chosenRoutes: readonly string[];
  selectedOrder: string | null;
  selectedIncident: string | null;
  /** Where to look; a new value moves the map. */
  focus: GeoPoint | null;
  /** Points to look at together; a new value moves the map. */
  frame: readonly GeoPoint[] | null;
  /** The flight of the day's plan that is drawn. */
  scheduled: DrawnFlight | null;
  spot: GeoPoint | null;
  /** Outlines of airspace closed for a time. */
  closed: readonly GeoPoint[][];
  sketch: RouteGeometry | null;
  /** Takes the place of the next click, while one is asked for. */
  onPlace: ((place: GeoPoint) => void) | null;
  /** Whether it shares its height with the day's plan. */
  low: boolean;
  onPoint: (pointed: Pointed) => void;
}

/** The map of the district with everything that is known on it. */
export function MapView(props: Props) {
  const { focus, frame, scheduled, spot, onPlace, low, onPoint } = props;
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  const container = useRef<HTMLDivElement>(null);
  const { map, failure } = useMap(container, world.district, world.settings.tile_url);
  const [hiddenCategories, setHiddenCategories] = useState<ReadonlySet<string>>(new Set());
  const [hiddenLayers, setHiddenLayers] = useState<ReadonlySet<Switch>>(new Set());
  useLayers(map, { ...props, hiddenCategories, hiddenLayers });

  function textOf({ properties }: Pointed): string {
    const own = properties["name"] ?? properties["label"];
    if (typeof own === "string") return own;
    const matter = {
      category: String(properties["category"]),
      class_key: String(properties["class_key"]),
      sub_district_id: null,
    };
    const names = namesOf(world.district, matter);
    return `${nameOf(names.detectorClass)} · ${nameOf(names.category)}`;
  }
  usePointing(map, { onClick: onPoint, textOf, onPlace });

  useEffect(() => {
    if (map === null || focus === null) return;
    map.easeTo({ center: lonLat(focus), zoom: Math.max(map.getZoom(), CLOSE_UP_ZOOM), duration: FIT.duration });
  }, [map, focus]);

  useEffect(() => {
    if (map === null || frame === null) return;
    map.fitBounds(boundsOf(frame), { ...FIT, padding: CLEAR_OF_BUTTONS, maxZoom: CLOSE_UP_ZOOM });
  }, [map, frame]);

  useEffect(() => {
    if (map === null || !low) return;
    map.resize();
    map.fitBounds(boundsOf(world.district.outline), FIT);
    // Only when the day's plan opens: the district may not be reloaded under the reader's eyes.
  }, [map, low]);

  return (
    <section
      className={onPlace === null ? "map" : "map asks-place"}
      aria-label={t("map.label")}
      data-ready={map !== null}
      data-scheduled={scheduled?.flight.id}
      data-spot={spot !== null}
      data-closed={props.closed.length}
    >
      <div ref={container} className="map-canvas" />
      {failure !== null && (
        <p className="refusal map-failure" role="alert">
          {t("map.failed", { reason: failure })}
        </p>
      )}
      <button type="button" className="small map-fit" onClick={() => map?.fitBounds(boundsOf(world.district.outline), FIT)}>
        {t("map.fit")}
      </button>
      <Legend
        hiddenCategories={hiddenCategories}
        onHideCategories={setHiddenCategories}
        hiddenLayers={hiddenLayers}
        onHideLayers={setHiddenLayers}
      />
    </section>
  );
}
