import type { Replanned, Schedule, ScheduledFlight, Unserved } from "../api/schedule";

export interface Arrival {
  flight: ScheduledFlight;
  at: string;
}

/** Who reaches the urgent place, and when; null where nobody does. */
export function arrivalOf({ arrivals, schedule }: Replanned): Arrival | null {
  for (const [demandId, at] of Object.entries(arrivals)) {
    const pass = schedule.passes.find((one) => one.demand_ids.includes(demandId));
    const flight = schedule.flights.find((one) => one.visits.some((visit) => visit.pass_id === pass?.id));
    if (flight !== undefined) return { flight, at };
  }
  return null;
}

/** The passes that were to be flown and are not any more, with the reasons. */
export function lostPasses(before: Schedule, after: Schedule): Unserved[] {
  const waited = new Set(before.unserved.map((one) => one.pass_id));
  return after.unserved.filter((one) => !waited.has(one.pass_id));
}
