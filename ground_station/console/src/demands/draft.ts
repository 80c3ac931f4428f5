import type { Demand, DemandFields, Frequency, Origin, TimeWindow } from "../api/demands";
import type { Category, GeoPoint, RouteGeometry } from "../api/types";

export type Shape = "waypoints" | "corridor" | "area" | "orbit";

/** How often: once on demand, so many times in each period, or on one day. */
export type Rhythm = Frequency["per"] | "event";

/** A demand as it is being written; texts are as typed, empty where the category decides. */
export interface Draft {
  id: string | null;
  category: string;
  department: string;
  origin: Origin;
  route: string;
  shape: Shape;
  points: GeoPoint[];
  holes: GeoPoint[][];
  width_m: string;
  radius_m: string;
  rhythm: Rhythm;
  times: string;
  windows: TimeWindow[];
  season: string[];
  sample_cm: string;
  steepest_deg: string;
  flattest_deg: string;
  thermal: boolean;
  priority: number;
  valid_from: string;
  valid_until: string;
  note: string;
}

/** A new demand, as its category has it. */
export function newDraft(category: Category | undefined, origin: Origin = "operator"): Draft {
  return {
    id: null,
    category: category?.key ?? "",
    department: category?.department_id ?? "",
    origin,
    route: "",
    shape: "waypoints",
    points: [],
    holes: [],
    width_m: "60",
    radius_m: "40",
    rhythm: "on_call",
    times: "1",
    windows: [],
    season: [],
    sample_cm: "",
    steepest_deg: "",
    flattest_deg: "",
    thermal: category?.camera.sensor.includes("thermal") ?? false,
    priority: category?.priority ?? 3,
    valid_from: "",
    valid_until: "",
    note: "",
  };
}

/** The draft for another category: what follows from the category follows the new one. */
export function inCategory(draft: Draft, category: Category | undefined): Draft {
  const { department, thermal, priority } = newDraft(category);
  return { ...draft, category: category?.key ?? "", department, thermal, priority };
}

/** A registered demand, to be edited. */
export function draftOf(demand: Demand): Draft {
  const event = demand.frequency.per === "on_call" && demand.valid_from !== null && demand.valid_from === demand.valid_until;
  return {
    ...newDraft(undefined, demand.origin),
    ...groundOf(demand.geometry),
    id: demand.id,
    category: demand.category,
    department: demand.department_id,
    rhythm: event ? "event" : demand.frequency.per,
    times: String(demand.frequency.times || 1),
    windows: demand.windows,
    season: demand.season === null ? [] : [...demand.season.begins, ...demand.season.ends].map(String),
    sample_cm: (demand.max_sample_m * 100).toFixed(2),
    steepest_deg: String(demand.steepest_deg),
    flattest_deg: String(demand.flattest_deg),
    thermal: demand.thermal,
    priority: demand.priority,
    valid_from: demand.valid_from ?? "",
    valid_until: demand.valid_until ?? "",
    note: demand.note,
  };
}

/** The part of a draft that a ground is. */
export function groundOf(geometry: RouteGeometry): Pick<Draft, "shape" | "points" | "holes" | "route"> & Partial<Draft> {
  const whole = { shape: geometry.kind, holes: [], route: "" };
  switch (geometry.kind) {
    case "corridor":
      return { ...whole, points: geometry.line, width_m: String(geometry.width_m) };
    case "area":
      return { ...whole, points: geometry.outline, holes: geometry.holes };
    case "orbit":
      return { ...whole, points: [geometry.center], radius_m: String(geometry.radius_m) };
    case "waypoints":
      return { ...whole, points: geometry.points };
  }
}

const FEWEST: Record<Shape, number> = { waypoints: 1, corridor: 2, area: 3, orbit: 1 };

/** The ground that is drawn; null while it has too few points. */
export function geometryOf({ shape, points, holes, width_m, radius_m }: Draft): RouteGeometry | null {
  const [first] = points;
  if (first === undefined || points.length < FEWEST[shape]) return null;
  switch (shape) {
    case "corridor":
      return { kind: shape, line: points, width_m: Number(width_m) };
    case "area":
      return { kind: shape, outline: points, holes };
    case "orbit":
      return { kind: shape, center: first, radius_m: Number(radius_m) };
    case "waypoints":
      return { kind: shape, points };
  }
}

/** What is sent; what was left empty is left out, and is then as the category has it. */
export function bodyOf(draft: Draft): Partial<DemandFields> {
  const onCall = draft.rhythm === "on_call" || draft.rhythm === "event";
  const per = draft.rhythm === "event" ? "on_call" : draft.rhythm;
  const geometry = geometryOf(draft);
  const [from_month, from_day, until_month, until_day] = draft.season.map(Number);
  const season =
    draft.season.length === 4 && draft.season.every((one) => one !== "")
      ? { begins: [from_month, from_day] as [number, number], ends: [until_month, until_day] as [number, number] }
      : null;
  return {
    category: draft.category,
    department_id: draft.department,
    origin: draft.origin,
    ...(draft.route !== "" ? { route_id: draft.route } : geometry === null ? {} : { geometry }),
    frequency: { times: onCall ? 0 : Number(draft.times), per },
    windows: draft.windows,
    ...(season === null ? {} : { season }),
    ...(draft.sample_cm === "" ? {} : { max_sample_m: Number(draft.sample_cm) / 100 }),
    ...(draft.steepest_deg === "" ? {} : { steepest_deg: Number(draft.steepest_deg) }),
    ...(draft.flattest_deg === "" ? {} : { flattest_deg: Number(draft.flattest_deg) }),
    thermal: draft.thermal,
    priority: draft.priority,
    ...(draft.valid_from === "" ? {} : { valid_from: draft.valid_from }),
    ...(draft.rhythm === "event" && draft.valid_from !== ""
      ? { valid_until: draft.valid_from }
      : draft.valid_until === ""
        ? {}
        : { valid_until: draft.valid_until }),
    note: draft.note,
  };
}

/** The draft with the nearest possible of a refusal in place of what was asked for. */
export function withNearest(draft: Draft, nearest: Partial<DemandFields>): Draft {
  return {
    ...draft,
    ...(nearest.geometry === undefined ? {} : groundOf(nearest.geometry)),
    ...(nearest.max_sample_m === undefined ? {} : { sample_cm: (nearest.max_sample_m * 100).toFixed(2) }),
    ...(nearest.steepest_deg === undefined ? {} : { steepest_deg: String(nearest.steepest_deg) }),
    ...(nearest.flattest_deg === undefined ? {} : { flattest_deg: String(nearest.flattest_deg) }),
    ...(nearest.thermal === undefined ? {} : { thermal: nearest.thermal }),
    ...(nearest.windows === undefined ? {} : { windows: nearest.windows }),
    ...(nearest.frequency === undefined
      ? {}
      : { rhythm: nearest.frequency.per, times: String(nearest.frequency.times) }),
  };
}
