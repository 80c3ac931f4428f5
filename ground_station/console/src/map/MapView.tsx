import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef, useState } from "react";
import type { GeoPoint } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { namesOf } from "../work_orders/naming";
import { lonLat } from "./geo";
import { Legend } from "./Legend";
import type { Switch } from "./style";
import { useLayers } from "./useLayers";
import { boundsOf, FIT, useMap } from "./useMap";
import { usePointing, type Pointed } from "./usePointing";

const CLOSE_UP_ZOOM = 15.5;

interface Props {
  chosenRoutes: readonly string[];
  selectedOrder: string | null;
  selectedIncident: string | null;
  /** Where to look; a new value moves the map. */
  focus: GeoPoint | null;
  onPoint: (pointed: Pointed) => void;
}

/** The map of the district with everything that is known on it. */
export function MapView({ chosenRoutes, selectedOrder, selectedIncident, focus, onPoint }: Props) {
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  const container = useRef<HTMLDivElement>(null);
  const { map, failure } = useMap(container, world.district, world.settings.tile_url);
  const [hiddenCategories, setHiddenCategories] = useState<ReadonlySet<string>>(new Set());
  const [hiddenLayers, setHiddenLayers] = useState<ReadonlySet<Switch>>(new Set());
  useLayers(map, { hiddenCategories, hiddenLayers, chosenRoutes, selectedOrder, selectedIncident });

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
  usePointing(map, { onClick: onPoint, textOf });

  useEffect(() => {
    if (map === null || focus === null) return;
    map.easeTo({ center: lonLat(focus), zoom: Math.max(map.getZoom(), CLOSE_UP_ZOOM), duration: FIT.duration });
  }, [map, focus]);

  return (
    <section className="map" aria-label={t("map.label")} data-ready={map !== null}>
      <div ref={container} className="map-canvas" />
      {failure !== null && (
        <p className="refusal map-failure" role="alert">
          {t("map.failed", { reason: failure })}
        </p>
      )}
      <button type="button" className="small map-fit" onClick={() => map?.fitBounds(boundsOf(world.district), FIT)}>
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
