/**
 * Days and times of the schedule. They are the district's, wherever the reader sits: `missions.working_time.DISTRICT_TIME`.
 * Without summer time since 1991, so that a fixed offset serves for sums.
 */
const DISTRICT_ZONE = "Asia/Shanghai";
const DISTRICT_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

/** The district's day at a moment, as YYYY-MM-DD. */
export function districtDay(at_ms: number): string {
  return new Date(at_ms + DISTRICT_OFFSET_MS).toISOString().slice(0, 10);
}

/** Milliseconds since the district's last midnight. */
export function sinceMidnightMs(at_ms: number): number {
  return (at_ms + DISTRICT_OFFSET_MS) % DAY_MS;
}

/** First and last day of the month of a day. */
export function monthOf(day: string): { from: string; until: string } {
  const [year = 0, month = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { from: `${day.slice(0, 7)}-01`, until: `${day.slice(0, 7)}-${String(last).padStart(2, "0")}` };
}

/** Time of day in the district, HH:MM; the chart's axis names the zone. */
export function dayClock(at: string | number): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: DISTRICT_ZONE });
}

/** A day (YYYY-MM-DD) without its year. */
export function dayText(day: string, locale: string): string {
  return new Date(`${day}T00:00Z`).toLocaleDateString(locale, { month: "2-digit", day: "2-digit", timeZone: "UTC" });
}

/** Day and time in the district. */
export function dayMoment(iso: string, locale: string): string {
  const day = new Date(iso).toLocaleDateString(locale, { month: "2-digit", day: "2-digit", timeZone: DISTRICT_ZONE });
  return `${day} ${dayClock(iso)}`;
}
