/** Ages are counted on the ground station's clock, since an operator's computer may be minutes off. */
let offsetMs = 0;

/** Takes the `Date` header of an answer (whole seconds); small differences are network delay and are left alone. */
export function noteServerTime(dateHeader: string | null): void {
  if (dateHeader === null) return;
  const difference = Date.parse(dateHeader) - Date.now();
  if (Number.isFinite(difference)) offsetMs = Math.abs(difference) < 2000 ? 0 : difference;
}

/** Now on the ground station's clock, in milliseconds since 1970. */
export function serverNowMs(): number {
  return Date.now() + offsetMs;
}
