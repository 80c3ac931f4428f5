import { list, request } from "../api/client";
import type { Notice } from "../api/schedule";
import type { AircraftKey, District, Finding, FleetEntry, Flight, GeoPoint, Incident, Route, Settings, WorkOrder } from "../api/types";
import { byId, isAirborne, keyName, type Track, type World } from "./world";

const MOST_FINDINGS = 1000;
const MOST_FLIGHTS = 500;
const MOST_NOTICES = 1000;

interface TrackPoint {
  point: GeoPoint;
}

/** Everything the screen needs, from the lists. */
export async function loadWorld(): Promise<World> {
  const [settings, district, routes, fleet, flights, findings, incidents, workOrders, notices, keys] = await Promise.all([
    request<Settings>("/settings"),
    request<District>("/district"),
    list<Route>("/routes"),
    list<FleetEntry>("/fleet"),
    list<Flight>("/flights", MOST_FLIGHTS),
    list<Finding>("/findings", MOST_FINDINGS),
    list<Incident>("/incidents"),
    list<WorkOrder>("/work-orders"),
    list<Notice>("/notices?waiting=true", MOST_NOTICES),
    list<AircraftKey>("/aircraft-keys"),
  ]);
  return {
    settings,
    district,
    routes,
    fleet: byId(fleet, (entry) => entry.drone.id),
    flights: byId(flights, (flight) => flight.id),
    tracks: await loadTracks(flights.filter(isAirborne)),
    findings: byId(findings, (finding) => finding.id),
    incidents: byId(incidents, (incident) => incident.id),
    workOrders: byId(workOrders, (order) => order.id),
    notices: byId(notices, (notice) => notice.id),
    aircraftKeys: byId(keys, keyName),
    scheduleChanges: {},
    demandChanges: {},
  };
}

async function loadTracks(flights: Flight[]): Promise<Record<string, Track>> {
  const entries = flights.map(async (flight): Promise<[string, Track]> => {
    const detail = await request<{ track: TrackPoint[] }>(`/flights/${flight.id}`);
    const points = detail.track.map(({ point }): [number, number] => [point.lon_deg, point.lat_deg]);
    return [flight.plan.drone_id, { flightId: flight.id, points }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
