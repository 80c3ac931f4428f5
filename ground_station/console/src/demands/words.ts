import type { Demand, DemandFields, Frequency, TimeWindow } from "../api/demands";
import type { Localisation } from "../i18n/language";

/** How often something is wanted, in words. */
export function frequencyText({ t }: Localisation, { times, per }: Frequency): string {
  return t(`demands.per.${per}`, { times });
}

/** Weekdays by their short names, Monday first. */
export function weekdayNames(locale: string): string[] {
  const monday_ms = Date.UTC(2024, 0, 1);
  return Array.from({ length: 7 }, (_, day) =>
    new Date(monday_ms + day * 86_400_000).toLocaleDateString(locale, { weekday: "short", timeZone: "UTC" }),
  );
}

/** Hours and weekdays of a window, in words. */
export function windowText({ locale }: Localisation, { begins, ends, weekdays }: TimeWindow): string {
  const names = weekdayNames(locale);
  const days = [...weekdays].sort().map((day) => names[day]);
  return [days.join(" "), `${begins.slice(0, 5)}–${ends.slice(0, 5)}`].filter((part) => part !== "").join(" ");
}

/** Frequency, hours, season and validity, in words. */
export function whenText(localisation: Localisation, demand: Demand): string {
  const { t } = localisation;
  const windows = demand.windows.map((window) => windowText(localisation, window));
  const season =
    demand.season === null ? [] : [`${demand.season.begins.join("/")}–${demand.season.ends.join("/")}`];
  const until = demand.valid_until === null ? [] : [t("demands.until", { day: demand.valid_until })];
  return [frequencyText(localisation, demand.frequency), ...windows, ...season, ...until].join(" · ");
}

/** What the nearest possible is, in words. */
export function nearestText(localisation: Localisation, nearest: Partial<DemandFields>): string {
  const { t } = localisation;
  const parts = [
    nearest.max_sample_m === undefined ? "" : `${(nearest.max_sample_m * 100).toFixed(2)} cm`,
    nearest.steepest_deg === undefined ? "" : `${nearest.steepest_deg}°`,
    nearest.thermal === undefined ? "" : t("demands.nearest.no_thermal"),
    nearest.frequency === undefined ? "" : frequencyText(localisation, nearest.frequency),
    (nearest.windows ?? []).map((window) => windowText(localisation, window)).join(", "),
    nearest.geometry === undefined ? "" : t("demands.nearest.ground"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}
