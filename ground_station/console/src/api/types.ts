/** The nouns of `missions/` as they arrive over HTTP. Units are in the names; times are ISO 8601 in UTC. */

export interface GeoPoint {
  lat_deg: number;
  lon_deg: number;
}

export interface ErrorEllipse {
  semi_major_m: number;
  semi_minor_m: number;
  orientation_deg: number;
}

export interface Named {
  name_zh: string;
  name_en: string;
}

export type Role = "pilot" | "dispatcher" | "reviewer" | "department" | "administrator";

export interface Session {
  username: string;
  role: Role;
  department_id: string | null;
}

export interface Settings {
  software_version: string;
  tile_url: string | null;
  stale_after_s: number;
  offline_after_s: number;
}

export interface DetectorClass extends Named {
  key: string;
}

export interface Department extends Named {
  id: string;
}

export interface CameraUse {
  sensor: "rgb" | "thermal" | "rgb+thermal";
  pitch_deg: number;
}

export interface Category extends Named {
  key: string;
  department_id: string;
  color: string;
  priority: number;
  camera: CameraUse;
  classes: DetectorClass[];
}

export interface SubDistrict extends Named {
  id: string;
  outline: GeoPoint[];
}

export interface Dock {
  id: string;
  name: string;
  point: GeoPoint;
}

export interface Drone {
  id: string;
  name: string;
  type_id: string;
  dock_id: string;
}

export interface AircraftType {
  id: string;
  battery_wh: number;
}

export interface NoFlyZone {
  id: string;
  name: string;
  outline: GeoPoint[];
}

export interface District extends Named {
  id: string;
  outline: GeoPoint[];
  departments: Department[];
  categories: Category[];
  sub_districts: SubDistrict[];
  aircraft_types: AircraftType[];
  docks: Dock[];
  drones: Drone[];
  airspace: { permitted: GeoPoint[]; max_height_m: number; no_fly_zones: NoFlyZone[]; private_zones: NoFlyZone[] };
}

export type RouteGeometry =
  | { kind: "corridor"; line: GeoPoint[]; width_m: number }
  | { kind: "area"; outline: GeoPoint[]; holes: GeoPoint[][] }
  | { kind: "orbit"; center: GeoPoint; radius_m: number }
  | { kind: "waypoints"; points: GeoPoint[] };

export interface Route {
  id: string;
  name: string;
  geometry: RouteGeometry;
  categories: string[];
  height_m: number;
  camera: CameraUse;
}

export interface Telemetry {
  at: string;
  point: GeoPoint | null;
  height_m: number | null;
  heading_deg: number | null;
  ground_speed_mps: number | null;
  battery_share: number | null;
  armed: boolean | null;
  mode: string | null;
  flight_id: string | null;
  mission_item: number | null;
  mission_items: number | null;
  outbox_waiting: number;
}

export type LinkState = "online" | "stale" | "offline" | "never";

export interface FleetEntry {
  drone: Drone;
  link: LinkState;
  telemetry: Telemetry | null;
  heard_at: string | null;
  flight_id: string | null;
  sequence_gaps: number;
}

export interface Leg {
  route_id: string;
  route_name: string;
  categories: string[];
  waypoints: { point: GeoPoint; height_m: number }[];
}

export interface Estimate {
  distance_m: number;
  duration_s: number;
  energy_wh: number;
  battery_share: number;
}

export interface Plan {
  id: string;
  drone_id: string;
  home: GeoPoint;
  /** Where it ends; null: at home. Plans made before flights could end elsewhere have none. */
  landing?: { dock_id: string; point: GeoPoint; height_m: number } | null;
  legs: Leg[];
  estimate: Estimate;
}

export type FlightState =
  | "planned"
  | "dispatched"
  | "ready"
  | "flying"
  | "holding"
  | "returning"
  | "completed"
  | "aborted"
  | "refused"
  | "cancelled"
  | "failed";

/** Areas in square metres; not seen: every frame of it was dark, overexposed, covered or blurred. */
export interface GroundSeen {
  frames: number;
  frames_not_seen: number;
  seen_m2: number;
  not_seen_m2: number;
  /** Passed over, unseen, for they show a private zone. */
  frames_private: number;
}

export interface Flight {
  id: string;
  plan: Plan;
  state: FlightState;
  created_at: string;
  legs_completed: number[];
  reason: string;
  /** What its frames showed, told at its end; null: not known. */
  ground_seen: GroundSeen | null;
  /** The latest one sent for it. */
  command: CommandReport | null;
  /** Which flight of a day's schedule it is; null: none. */
  scheduled: { day: string; flight_id: string; takes_off_at: string; lands_at: string } | null;
  dispatched_at: string | null;
  dispatched_by: string | null;
  took_off_at: string | null;
  ended_at: string | null;
}

export type FlightCommand = "start" | "hold" | "resume" | "return" | "cancel";

/** A command and what became of it; `load` is what a dispatch sends. */
export interface CommandReport {
  id: string;
  flight_id: string;
  command: FlightCommand | "load";
  sent_at: string;
  outcome: "sent" | "accepted" | "refused" | "timed_out";
  reason: string;
}

export interface ModelRef {
  name: string;
  version: string;
  weights_sha256: string;
  /** Whether its confidences are probabilities, not bare scores. */
  calibrated: boolean;
}

export interface Finding {
  id: string;
  flight_id: string;
  drone_id: string;
  route_id: string | null;
  class_key: string;
  category: string;
  confidence: number;
  /** The model's threshold of the class: less confident findings wait for a person. */
  review_below: number | null;
  position: GeoPoint;
  ellipse: ErrorEllipse;
  observations: number;
  first_seen_at: string;
  last_seen_at: string;
  evidence_sha256: string;
  /** A second picture, for those who may see people, where the category asks for them. */
  people_evidence_sha256: string | null;
  model: ModelRef;
}

/** A public key that a drone says is its own; it counts once it is accepted, the first one by itself. */
export interface AircraftKey {
  drone_id: string;
  key_id: string;
  public_key_pem: string;
  first_seen_at: string;
  accepted_at: string | null;
  accepted_by: string | null;
}

/** What is to be held of a picture of evidence. */
export interface EvidenceProof {
  verdict: "verified" | "unsigned" | "altered" | "unknown_key";
  reasons: string[];
  record: { mask: { rule: string; regions: { why: string }[] } } | null;
  key: AircraftKey | null;
}

export type IncidentState = "awaiting_review" | "confirmed" | "dismissed" | "closed";

export interface Incident {
  id: string;
  class_key: string;
  category: string;
  state: IncidentState;
  position: GeoPoint;
  ellipse: ErrorEllipse;
  confidence: number;
  sub_district_id: string | null;
  findings: number;
  first_seen_at: string;
  last_seen_at: string;
  evidence_sha256: string | null;
  work_order_id: string | null;
  /** The confidence it lacked to need no person; 1: the model cannot be sure enough of the class. */
  review_below: number | null;
  /** Why else it waits for a person; later why the person decided so. */
  review_reason: string;
}

export interface IncidentDetail extends Incident {
  /** Its findings, newest first. */
  finding_items: Finding[];
}

export type Phase = "collection" | "filing" | "dispatch" | "handling" | "feedback" | "verification" | "evaluation" | "closed";

export type Action =
  | "file"
  | "dispatch"
  | "accept"
  | "send_back"
  | "report_done"
  | "verify"
  | "reject"
  | "pass"
  | "evaluate"
  | "extend"
  | "supervise"
  | "dismiss";

export interface Step {
  at: string;
  by: string;
  action: Action;
  before: Phase | null;
  after: Phase;
  reason: string;
}

export interface WorkOrder {
  id: string;
  incident_id: string;
  category: string;
  department_id: string;
  sub_district_id: string | null;
  phase: Phase;
  opened_at: string;
  due_at: string;
  steps: Step[];
  /** Those that the reader may do now. */
  allowed_actions: Action[];
  incident: Incident;
}
