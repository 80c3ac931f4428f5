import type { Map as MapLibreMap } from "maplibre-gl";
import { useEffect, useMemo } from "react";
import type { District, FleetEntry, GeoPoint, RouteGeometry } from "../api/types";
import { useLanguage } from "../i18n/language";
import { heardText } from "../fleet/heard";
import { linkOf } from "../state/link";
import { useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { isAirborne } from "../state/world";
import * as features from "./features";
import { ellipseRing, ring, routeShape } from "./geo";
import { closedFeatures, scheduledFeatures, spotFeatures, type DrawnFlight } from "./scheduled";
import { SWITCHED_LAYERS, type Switch } from "./style";
import { useSource } from "./useMap";

export interface Shown {
  hiddenCategories: ReadonlySet<string>;
  hiddenLayers: ReadonlySet<Switch>;
  chosenRoutes: readonly string[];
  selectedOrder: string | null;
  selectedIncident: string | null;
  /** The flight that is selected in the day's schedule. */
  scheduled: DrawnFlight | null;
  /** The place of an urgent task. */
  spot: GeoPoint | null;
  closed: readonly GeoPoint[][];
  /** A ground that is being drawn or looked at. */
  sketch: RouteGeometry | null;
}

/** Draws what stays: outlines, names, docks, no-fly zones. */
function useGround(map: MapLibreMap | null, district: District): void {
  const { nameOf } = useLanguage();
  const outline = useMemo(() => features.collection([features.polygon(ring(district.outline))]), [district]);
  const parts = useMemo(
    () => features.collection(features.outlineFeatures(district.sub_districts, nameOf)),
    [district, nameOf],
  );
  const zones = useMemo(
    () => features.collection(features.outlineFeatures(district.airspace.no_fly_zones, (zone) => zone.name)),
    [district],
  );
  const docks = useMemo(() => features.collection(features.dockFeatures(district)), [district]);
  useSource(map, "district", outline);
  useSource(map, "sub_districts", parts);
  useSource(map, "no_fly", zones);
  useSource(map, "docks", docks);
}

const SKETCH_COLOR = "#ffffff";

/** Draws the routes, those of hidden categories left out, the chosen ones on top. */
function useRoutes(map: MapLibreMap | null, { hiddenCategories, chosenRoutes, sketch }: Shown): void {
  const { world } = useWorld();
  const { routes, district } = world;
  const colors = useMemo(() => features.colorsOf(district), [district]);
  const shown = useMemo(
    () => features.collection(features.routeFeatures(routes, colors, hiddenCategories)),
    [routes, colors, hiddenCategories],
  );
  const chosen = useMemo(() => {
    const wanted = new Set(chosenRoutes);
    const drawn = sketch === null ? [] : [features.feature(routeShape(sketch), { color: SKETCH_COLOR })];
    const chosen = features.routeFeatures(
      routes.filter((route) => wanted.has(route.id)),
      colors,
      new Set(),
    );
    return features.collection([...chosen, ...drawn]);
  }, [routes, colors, chosenRoutes, sketch]);
  useSource(map, "routes", shown);
  useSource(map, "chosen", chosen);
}

/** Draws the aircraft, where they flew and where they will. */
function useFlights(map: MapLibreMap | null): void {
  const { world } = useWorld();
  const localisation = useLanguage();
  const now_ms = useNow();
  const { fleet, flights, settings, tracks: flown } = world;
  const planned = useMemo(() => features.collection(features.plannedFeatures(Object.values(flights))), [flights]);
  const tracks = useMemo(() => features.collection(features.trackFeatures({ tracks: flown, flights })), [flown, flights]);
  const drones = useMemo(() => {
    const looks = (entry: FleetEntry): features.DroneLooks => {
      const link = linkOf(entry, settings, now_ms);
      const active =
        entry.telemetry?.armed === true ||
        Object.values(flights).some((flight) => flight.plan.drone_id === entry.drone.id && isAirborne(flight));
      const age = link === "online" || !active ? "" : `\n${heardText(localisation, entry, link, now_ms)}`;
      return { label: entry.drone.name + age, fresh: link === "online", active };
    };
    return features.collection(features.droneFeatures(Object.values(fleet), looks));
  }, [fleet, flights, settings, now_ms, localisation]);
  useSource(map, "planned", planned);
  useSource(map, "tracks", tracks);
  useSource(map, "drones", drones);
}

const PACE_MS = 10_000;

/** Draws findings, what waits for review, and work orders, with the selected one's error ellipse. */
function useMatters(map: MapLibreMap | null, { selectedOrder, selectedIncident }: Shown): void {
  const { world } = useWorld();
  const { district, workOrders, incidents } = world;
  const now_ms = Math.floor(useNow() / PACE_MS) * PACE_MS;
  const colors = useMemo(() => features.colorsOf(district), [district]);
  const orders = useMemo(
    () => features.collection(features.orderFeatures(Object.values(workOrders), colors, selectedOrder, now_ms)),
    [workOrders, colors, selectedOrder, now_ms],
  );
  const findings = useMemo(() => features.collection(features.findingFeatures(world, colors)), [world.findings, colors]);
  const reviews = useMemo(() => features.collection(features.reviewFeatures(world)), [incidents]);
  const ellipse = useMemo(() => {
    const matter = workOrders[selectedOrder ?? ""]?.incident ?? incidents[selectedIncident ?? ""];
    return features.collection(matter === undefined ? [] : [features.polygon(ellipseRing(matter.position, matter.ellipse))]);
  }, [workOrders, incidents, selectedOrder, selectedIncident]);
  useSource(map, "orders", orders);
  useSource(map, "findings", findings);
  useSource(map, "reviews", reviews);
  useSource(map, "ellipse", ellipse);
}

/** Draws what the day's plan has selected. */
function useDayPlan(map: MapLibreMap | null, { scheduled, spot, closed }: Shown): void {
  const flight = useMemo(() => features.collection(scheduledFeatures(scheduled)), [scheduled]);
  const place = useMemo(() => features.collection(spotFeatures(spot)), [spot]);
  useSource(map, "scheduled", flight);
  const outlines = useMemo(() => features.collection(closedFeatures(closed)), [closed]);
  useSource(map, "closed", outlines);
  useSource(map, "spot", place);
}

/** Draws the world on the map. */
export function useLayers(map: MapLibreMap | null, shown: Shown): void {
  const { world } = useWorld();
  useGround(map, world.district);
  useRoutes(map, shown);
  useFlights(map);
  useMatters(map, shown);
  useDayPlan(map, shown);
  useEffect(() => {
    if (map === null) return;
    for (const [name, layers] of Object.entries(SWITCHED_LAYERS)) {
      const visibility = shown.hiddenLayers.has(name as Switch) ? "none" : "visible";
      for (const layer of layers) map.setLayoutProperty(layer, "visibility", visibility);
    }
  }, [map, shown.hiddenLayers]);
}
