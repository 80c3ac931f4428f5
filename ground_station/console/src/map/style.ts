import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

/** Every source of the map that is filled from the world. */
export const SOURCES = [
  "district",
  "sub_districts",
  "no_fly",
  "routes",
  "chosen",
  "planned",
  "tracks",
  "scheduled",
  "docks",
  "findings",
  "reviews",
  "ellipse",
  "orders",
  "drones",
  "spot",
  "closed",
] as const;
export type SourceName = (typeof SOURCES)[number];

const EMPTY: SourceSpecification = { type: "geojson", data: { type: "FeatureCollection", features: [] } };
const FONT = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif"];
const HALO = { "text-halo-color": "#05090d", "text-halo-width": 1.4 } as const;

const GROUND: LayerSpecification[] = [
  { id: "background", type: "background", paint: { "background-color": "#070c11" } },
  { id: "district-fill", type: "fill", source: "district", paint: { "fill-color": "#101a24" } },
  {
    id: "sub-district-line",
    type: "line",
    source: "sub_districts",
    paint: { "line-color": "#3a4d60", "line-width": 1, "line-dasharray": [4, 3] },
  },
  {
    id: "sub-district-name",
    type: "symbol",
    source: "sub_districts",
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": 14,
      "text-letter-spacing": 0.1,
      "text-max-width": 16,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": "#8298ad", ...HALO },
  },
  { id: "no-fly-fill", type: "fill", source: "no_fly", paint: { "fill-pattern": "hatch" } },
  { id: "no-fly-line", type: "line", source: "no_fly", paint: { "line-color": "#ff5c5c", "line-width": 1.2 } },
];

const ROUTES: LayerSpecification[] = [
  {
    id: "route-fill",
    type: "fill",
    source: "routes",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": ["get", "color"], "fill-opacity": 0.08 },
  },
  {
    id: "route-line",
    type: "line",
    source: "routes",
    filter: ["!=", ["geometry-type"], "Point"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": ["get", "color"],
      "line-opacity": ["interpolate", ["linear"], ["zoom"], 11, 0.45, 14, 0.8],
      "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1, 15, 2.5],
    },
  },
  {
    id: "route-point",
    type: "circle",
    source: "routes",
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-color": ["get", "color"], "circle-radius": 2.5, "circle-opacity": 0.6 },
  },
  {
    id: "chosen-line",
    type: "line",
    source: "chosen",
    layout: { "line-cap": "round" },
    paint: { "line-color": "#ffffff", "line-width": 4 },
  },
  {
    id: "chosen-point",
    type: "circle",
    source: "chosen",
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-color": "#ffffff", "circle-radius": 5 },
  },
  { id: "district-line", type: "line", source: "district", paint: { "line-color": "#7e96ad", "line-width": 2 } },
  {
    id: "planned",
    type: "line",
    source: "planned",
    paint: { "line-color": "#bfe9ff", "line-width": 1.4, "line-opacity": 0.85, "line-dasharray": [2, 2] },
  },
  {
    id: "tracks",
    type: "line",
    source: "tracks",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": "#57d0ff", "line-width": 2.5 },
  },
];

/** The flight that is selected in the day's schedule: its way, its visits in their colours, their order. */
const SCHEDULED: LayerSpecification[] = [
  {
    id: "scheduled-edge",
    type: "line",
    source: "scheduled",
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": "#05090d", "line-width": ["case", ["get", "visit"], 9, 5], "line-opacity": 0.75 },
  },
  {
    id: "scheduled-line",
    type: "line",
    source: "scheduled",
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": ["get", "color"], "line-width": ["case", ["get", "visit"], 5, 2] },
  },
  {
    id: "scheduled-way",
    type: "symbol",
    source: "scheduled",
    filter: ["all", ["==", ["geometry-type"], "LineString"], ["!", ["get", "visit"]]],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 90,
      "icon-image": "way",
      "icon-rotation-alignment": "map",
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
    },
  },
  {
    id: "scheduled-number",
    type: "symbol",
    source: "scheduled",
    filter: ["==", ["geometry-type"], "Point"],
    layout: {
      "text-field": ["get", "label"],
      "text-font": FONT,
      "text-size": 13,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
      "text-offset": [0, -0.9],
    },
    paint: { "text-color": "#ffffff", ...HALO, "text-halo-width": 2.2 },
  },
];

/** The place of an urgent task. */
const SPOT: LayerSpecification[] = [
  {
    id: "spot",
    type: "circle",
    source: "spot",
    paint: {
      "circle-radius": 11,
      "circle-color": "rgba(255, 77, 77, 0.25)",
      "circle-stroke-color": "#ff4d4d",
      "circle-stroke-width": 2.5,
    },
  },
  { id: "spot-middle", type: "circle", source: "spot", paint: { "circle-radius": 2.5, "circle-color": "#ffffff" } },
];

const MATTERS: LayerSpecification[] = [
  {
    id: "docks",
    type: "symbol",
    source: "docks",
    layout: {
      "icon-image": "dock",
      "icon-allow-overlap": true,
      "text-field": ["step", ["zoom"], "", 12.5, ["get", "name"]],
      "text-font": FONT,
      "text-size": 11,
      "text-offset": [0, 1.3],
      "text-optional": true,
    },
    paint: { "text-color": "#b4c4d3", ...HALO },
  },
  {
    id: "findings",
    type: "circle",
    source: "findings",
    paint: {
      "circle-radius": 3.5,
      "circle-color": "#070c11",
      "circle-stroke-color": ["get", "color"],
      "circle-stroke-width": 1.5,
    },
  },
  { id: "ellipse-fill", type: "fill", source: "ellipse", paint: { "fill-color": "#ffffff", "fill-opacity": 0.12 } },
  { id: "ellipse-line", type: "line", source: "ellipse", paint: { "line-color": "#ffffff", "line-width": 1.5 } },
  { id: "reviews", type: "symbol", source: "reviews", layout: { "icon-image": "question", "icon-allow-overlap": true } },
  {
    id: "orders",
    type: "circle",
    source: "orders",
    paint: {
      "circle-radius": ["case", ["get", "selected"], 15, 7],
      "circle-color": ["get", "color"],
      "circle-opacity": ["case", ["get", "selected"], 0.25, 1],
      "circle-stroke-width": ["case", ["any", ["get", "selected"], ["get", "overdue"]], 3, 1.8],
      "circle-stroke-color": ["case", ["get", "overdue"], "#ff4d4d", "#ffffff"],
    },
  },
  {
    id: "no-fly-name",
    type: "symbol",
    source: "no_fly",
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11 },
    paint: { "text-color": "#ff9a9a", ...HALO },
  },
  {
    id: "drones",
    type: "symbol",
    source: "drones",
    layout: {
      "icon-image": ["case", ["get", "fresh"], "drone", "drone-stale"],
      "icon-size": ["case", ["get", "active"], 1, 0.62],
      "icon-rotate": ["get", "heading_deg"],
      "icon-rotation-alignment": "map",
      "icon-allow-overlap": true,
      "text-allow-overlap": true,
      "text-field": ["step", ["zoom"], ["case", ["get", "active"], ["get", "label"], ""], 12.5, ["get", "label"]],
      "text-font": FONT,
      "text-size": ["case", ["get", "active"], 13, 11],
      "symbol-sort-key": ["case", ["get", "active"], 1, 0],
      "text-offset": [0, 1.6],
      "text-anchor": "top",
      "text-max-width": 20,
    },
    paint: {
      "icon-opacity": ["case", ["get", "active"], 1, 0.75],
      "text-color": ["case", ["get", "fresh"], "#e6f7ff", "#c3ccd6"],
      ...HALO,
      "text-halo-width": 2,
    },
  },
];

/** Airspace that the day's plan knows to be closed for a time, and what is being drawn of it. */
const CLOSED: LayerSpecification[] = [
  { id: "closed-fill", type: "fill", source: "closed", paint: { "fill-color": "#ff6b6b", "fill-opacity": 0.25 } },
  { id: "closed-line", type: "line", source: "closed", paint: { "line-color": "#ff6b6b", "line-width": 2 } },
  { id: "closed-corner", type: "circle", source: "closed", paint: { "circle-radius": 4, "circle-color": "#ff6b6b" } },
];

/** The map's style: no tiles, no glyphs and no sprites from anywhere, unless a tile address is configured. */
export function mapStyle(tileUrl: string | null): StyleSpecification {
  const tiles: Record<string, SourceSpecification> =
    tileUrl === null ? {} : { tiles: { type: "raster", tiles: [tileUrl], tileSize: 256 } };
  const tileLayer: LayerSpecification[] =
    tileUrl === null
      ? []
      : [{ id: "tiles", type: "raster", source: "tiles", paint: { "raster-saturation": -0.6, "raster-brightness-max": 0.55 } }];
  const ground =
    tileUrl === null ? GROUND : [GROUND[0], ...tileLayer, ...GROUND.slice(2)].filter((layer) => layer !== undefined);
  return {
    version: 8,
    sources: { ...tiles, ...Object.fromEntries(SOURCES.map((name) => [name, EMPTY])) },
    layers: [...ground, ...CLOSED, ...ROUTES, ...SCHEDULED, ...MATTERS, ...SPOT],
  };
}

/** What the legend can hide, and the layers it hides. */
export const SWITCHED_LAYERS = {
  orders: ["orders", "reviews"],
  findings: ["findings"],
  docks: ["docks"],
  no_fly: ["no-fly-fill", "no-fly-line", "no-fly-name"],
  tracks: ["tracks", "planned"],
} as const;
export type Switch = keyof typeof SWITCHED_LAYERS;
