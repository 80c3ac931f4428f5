import type { FleetEntry, LinkState } from "../api/types";
import { spanText } from "../i18n/format";
import type { Localisation } from "../i18n/language";
import { ageOf } from "../state/link";

/** How old a drone's data is, in words. */
export function heardText(localisation: Localisation, entry: FleetEntry, link: LinkState, now_ms: number): string {
  const age_s = ageOf(entry, now_ms);
  if (age_s === null) return localisation.t("link.never_heard");
  const age = spanText(localisation, age_s);
  return localisation.t(link === "online" ? "link.heard" : "link.last_heard", { age });
}
