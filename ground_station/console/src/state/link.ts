import type { FleetEntry, LinkState, Settings } from "../api/types";

/** Seconds since a drone was last heard; null if never. */
export function ageOf(entry: FleetEntry, now_ms: number): number | null {
  return entry.heard_at === null ? null : Math.max(0, (now_ms - Date.parse(entry.heard_at)) / 1000);
}

const WORSE: LinkState[] = ["online", "stale", "offline", "never"];

/** The link as it must look now: the station's word, made worse by the age of the data, so that silence shows by itself. */
export function linkOf(entry: FleetEntry, settings: Settings, now_ms: number): LinkState {
  const age_s = ageOf(entry, now_ms);
  if (age_s === null) return "never";
  const byAge: LinkState = age_s >= settings.offline_after_s ? "offline" : age_s >= settings.stale_after_s ? "stale" : "online";
  return WORSE.indexOf(byAge) > WORSE.indexOf(entry.link) ? byAge : entry.link;
}
