import type { FlightCommand, FlightState, Role } from "../api/types";
import { mayCommand, mayPlan } from "../state/StationContext";

export type FlightAct = FlightCommand | "dispatch";

const BY_STATE: Partial<Record<FlightState, FlightAct[]>> = {
  planned: ["dispatch", "cancel"],
  dispatched: ["cancel"],
  ready: ["start", "cancel"],
  flying: ["hold", "return"],
  holding: ["resume", "return"],
};

/** What may be sent to a flight in this state. On a stale link the state shown may be old, so that return is always offered. */
export function actsFor(state: FlightState, stale: boolean): FlightAct[] {
  const acts = BY_STATE[state] ?? [];
  const perhapsInAir = stale && (state === "ready" || state === "dispatched" || state === "returning");
  return perhapsInAir ? [...acts, "return"] : acts;
}

/** What cannot be undone is asked again. */
export function needsConfirmation(act: FlightAct): act is "start" | "return" | "cancel" {
  return act === "start" || act === "return" || act === "cancel";
}

/** Whether a role may do this: planners dispatch, pilots command. */
export function mayAct(role: Role, act: FlightAct): boolean {
  return act === "dispatch" ? mayPlan(role) : mayCommand(role);
}
