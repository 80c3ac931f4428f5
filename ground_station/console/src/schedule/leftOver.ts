import type { MergeNote, ReasonCode, Schedule, Visit } from "../api/schedule";

/** Something that is not flown with the others of its ground: a pass (of a route), or a demand. */
export interface LeftOver {
  id: string;
  routeId: string | null;
  departments: string[];
  code: ReasonCode;
  text: string;
  expires_at: string | null;
  /** When it is flown all the same, in a pass of its own. */
  flown_at: string | null;
}

/** What does not fly on the day: passes that wait and demands that no pass serves. */
export function notFlown({ passes, unserved, merging }: Schedule): LeftOver[] {
  const departments = new Map(passes.map((one) => [one.id, one.departments]));
  const waiting = unserved.map(
    ({ pass_id, route_id, code, text, expires_at }): LeftOver => ({
      id: pass_id,
      routeId: route_id,
      departments: departments.get(pass_id) ?? [],
      code,
      text,
      expires_at,
      flown_at: null,
    }),
  );
  return [...waiting, ...merging.filter((note) => note.kind === "left").map((note) => ofNote(note, "left", null))];
}

/** Demands that could not share the pass over their ground, and when they are flown. */
export function splitOff({ flights, merging }: Schedule): LeftOver[] {
  const visits = new Map(flights.flatMap((flight) => flight.visits.map((visit): [string, Visit] => [visit.pass_id, visit])));
  return merging
    .filter((note) => note.kind === "split")
    .map((note) => ofNote(note, "split", visits.get(note.pass_id ?? "")?.begins_at ?? null));
}

function ofNote(note: MergeNote, code: ReasonCode, flown_at: string | null): LeftOver {
  const { demand_id, department_id, reason, expires_at } = note;
  return { id: demand_id, routeId: null, departments: [department_id], code, text: reason, expires_at, flown_at };
}
