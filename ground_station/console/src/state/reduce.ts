import type { AircraftKey, CommandReport, Finding, FleetEntry, Flight, Incident, LinkState, Telemetry, WorkOrder } from "../api/types";
import type { Notice } from "../api/schedule";
import type { StreamEvent } from "../api/stream";
import { extendTrack, keyName, type World } from "./world";

/**
 * What changes the world. The answer to a request comes with what was known when it was sent (`before`): an aircraft may
 * react before the answer is here, and then the stream has already told more than the answer says.
 */
export type Change =
  | { kind: "replaced"; world: World }
  | { kind: "streamed"; events: StreamEvent[] }
  | { kind: "flight"; flight: Flight; before: Flight | undefined }
  | { kind: "command"; report: CommandReport; before: Flight }
  | { kind: "incident"; incident: Incident; before: Incident }
  | { kind: "work_order"; workOrder: WorkOrder; before: WorkOrder }
  | { kind: "fleet"; entries: FleetEntry[] };

/** One aircraft's report as it comes on the stream. */
interface TelemetryReport {
  drone_id: string;
  telemetry: Telemetry;
  heard_at: string;
  link: LinkState;
}

/** The world after a change; null until it has been loaded. */
export function reduce(world: World | null, change: Change): World | null {
  if (change.kind === "replaced") return change.world;
  if (world === null) return null;
  switch (change.kind) {
    case "streamed":
      return change.events.reduce(applyEvent, world);
    case "flight":
      return world.flights[change.flight.id] === change.before ? withFlight(world, change.flight) : world;
    case "command":
      return world.flights[change.before.id] === change.before ? withCommand(world, change.report) : world;
    case "incident":
      return world.incidents[change.before.id] === change.before ? withIncident(world, change.incident) : world;
    case "work_order":
      return world.workOrders[change.before.id] === change.before ? withWorkOrder(world, change.workOrder) : world;
    case "fleet":
      return change.entries.filter((entry) => !isOlder(entry, world)).reduce(withFleetEntry, world);
  }
}

function isOlder(entry: FleetEntry, world: World): boolean {
  const known = world.fleet[entry.drone.id]?.heard_at ?? null;
  return known !== null && entry.heard_at !== null && Date.parse(entry.heard_at) < Date.parse(known);
}

function applyEvent(world: World, event: StreamEvent): World {
  switch (event.kind) {
    case "telemetry":
      return withTelemetry(world, event.data as TelemetryReport);
    case "fleet":
      return withFleetEntry(world, event.data as FleetEntry);
    case "flight":
      return withFlight(world, event.data as Flight);
    case "finding": {
      const finding = event.data as Finding;
      return { ...world, findings: { ...world.findings, [finding.id]: finding } };
    }
    case "incident":
      return withIncident(world, event.data as Incident);
    case "work_order":
      return withWorkOrder(world, event.data as WorkOrder);
    case "command":
      return withCommand(world, event.data as CommandReport);
    case "notice":
      return withNotice(world, event.data as Notice);
    case "aircraft_key": {
      const key = event.data as AircraftKey;
      return { ...world, aircraftKeys: { ...world.aircraftKeys, [keyName(key)]: key } };
    }
    case "demand":
      return { ...world, demandChanges: {} };
    case "schedule": {
      const { day } = event.data as { day: string };
      const changes = (world.scheduleChanges[day] ?? 0) + 1;
      return { ...world, scheduleChanges: { ...world.scheduleChanges, [day]: changes } };
    }
  }
}

function withTelemetry(world: World, report: TelemetryReport): World {
  const before = world.fleet[report.drone_id];
  if (before === undefined) return world;
  const { telemetry, heard_at, link } = report;
  const entry: FleetEntry = { ...before, telemetry, heard_at, link, flight_id: telemetry.flight_id };
  return withTrack({ ...world, fleet: { ...world.fleet, [report.drone_id]: entry } }, entry);
}

function withFleetEntry(world: World, entry: FleetEntry): World {
  return withTrack({ ...world, fleet: { ...world.fleet, [entry.drone.id]: entry } }, entry);
}

function withTrack(world: World, { drone, telemetry }: FleetEntry): World {
  if (telemetry === null || telemetry.point === null || !telemetry.armed) return world;
  const { lon_deg, lat_deg } = telemetry.point;
  const track = extendTrack(world.tracks[drone.id], telemetry.flight_id, [lon_deg, lat_deg]);
  return { ...world, tracks: { ...world.tracks, [drone.id]: track } };
}

function withWorkOrder(world: World, order: WorkOrder): World {
  return { ...world, workOrders: { ...world.workOrders, [order.id]: order } };
}

/** A further finding changes an incident, and with it what its work order shows. */
function withIncident(world: World, incident: Incident): World {
  const incidents = { ...world.incidents, [incident.id]: incident };
  const order = incident.work_order_id === null ? undefined : world.workOrders[incident.work_order_id];
  const workOrders = order === undefined ? world.workOrders : { ...world.workOrders, [order.id]: { ...order, incident } };
  return { ...world, incidents, workOrders };
}

function withNotice(world: World, notice: Notice): World {
  const { [notice.id]: _, ...others } = world.notices;
  return { ...world, notices: notice.ended_at === null ? { ...others, [notice.id]: notice } : others };
}

function withFlight(world: World, flight: Flight): World {
  return { ...world, flights: { ...world.flights, [flight.id]: flight } };
}

function withCommand(world: World, report: CommandReport): World {
  const flight = world.flights[report.flight_id];
  return flight === undefined ? world : withFlight(world, { ...flight, command: report });
}
