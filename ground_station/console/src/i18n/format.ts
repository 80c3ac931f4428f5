import type { GeoPoint } from "../api/types";
import type { Localisation } from "./language";

/** A span of time in words; never negative. */
export function spanText({ t }: Localisation, span_s: number): string {
  const s = Math.max(0, Math.round(span_s));
  if (s < 60) return t("unit.seconds", { n: s });
  if (s < 3600) return t("unit.minutes", { n: Math.floor(s / 60) });
  if (s < 86_400) return t("unit.hours", { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) });
  return t("unit.days", { d: Math.floor(s / 86_400), h: Math.floor((s % 86_400) / 3600) });
}

/** Date and time in the reader's zone, with the zone. */
export function momentText(localisation: Localisation, iso: string): string {
  const moment = new Date(iso);
  const day = moment.toLocaleDateString(localisation.locale, { month: "2-digit", day: "2-digit" });
  const time = moment.toLocaleTimeString(localisation.locale, { hour: "2-digit", minute: "2-digit", hour12: false });
  return `${day} ${time} ${zoneText(localisation, moment)}`;
}

/** Time of day in the reader's zone; the zone stands beside the clock in the top bar. */
export function clockText({ locale }: Localisation, at_ms: number): string {
  return new Date(at_ms).toLocaleTimeString(locale, { hour12: false });
}

/** The reader's time zone at a moment, for example "GMT+8". */
export function zoneText({ locale }: Localisation, at = new Date()): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** Latitude and longitude to five decimals (about a metre). */
export function pointText(point: GeoPoint): string {
  const lat = `${Math.abs(point.lat_deg).toFixed(5)}°${point.lat_deg < 0 ? "S" : "N"}`;
  return `${lat} ${Math.abs(point.lon_deg).toFixed(5)}°${point.lon_deg < 0 ? "W" : "E"}`;
}

/** Metres below one kilometre, kilometres above. */
export function distanceText(distance_m: number): string {
  return distance_m < 1000 ? `${Math.round(distance_m)} m` : `${(distance_m / 1000).toFixed(1)} km`;
}

/** A share as a whole percentage, "—" where it is not known. */
export function percentText(share: number | null): string {
  return share === null ? "—" : `${Math.round(share * 100)} %`;
}

/** A measured value with its unit, "—" where it is not known. */
export function measureText(value: number | null, unit: string, digits = 0): string {
  return value === null ? "—" : `${value.toFixed(digits)} ${unit}`;
}
