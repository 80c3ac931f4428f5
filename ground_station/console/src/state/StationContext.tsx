import { createContext, useContext, type Dispatch } from "react";
import type { Role } from "../api/types";
import type { Change } from "./reduce";
import type { World } from "./world";

export interface StationView {
  world: World;
  role: Role;
  change: Dispatch<Change>;
}

export const StationContext = createContext<StationView | null>(null);

/** The world as loaded, and how to change it. */
export function useWorld(): StationView {
  const view = useContext(StationContext);
  if (view === null) throw new Error("useWorld needs a StationContext above it");
  return view;
}

/*
 * What a role has use for. The ground station decides and refuses by itself;
 * this only keeps buttons off the screen of those whom it would refuse.
 */
const PLANNING: ReadonlySet<Role> = new Set<Role>(["pilot", "dispatcher", "administrator"]);
const PROPOSING: ReadonlySet<Role> = new Set<Role>([...PLANNING, "department"]);
const COMMANDING: ReadonlySet<Role> = new Set<Role>(["pilot", "administrator"]);
const REVIEWING: ReadonlySet<Role> = new Set<Role>(["reviewer", "administrator"]);
const SEEING_PEOPLE: ReadonlySet<Role> = new Set<Role>(["reviewer", "department", "administrator"]);

/** Whether a role plans and dispatches flights. */
export const mayPlan = (role: Role): boolean => PLANNING.has(role);
/** Whether a role registers demands, or proposes them. */
export const mayPropose = (role: Role): boolean => PROPOSING.has(role);
/** Whether a role commands aircraft. */
export const mayCommand = (role: Role): boolean => COMMANDING.has(role);
/** Whether a role judges unsure findings. */
export const mayReview = (role: Role): boolean => REVIEWING.has(role);
/** Whether a role may see pictures in which people are not masked. */
export const maySeePeople = (role: Role): boolean => SEEING_PEOPLE.has(role);
