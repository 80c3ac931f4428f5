import type { Flight } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { latestFlight } from "../state/world";

/** A square of 10 m by 10 m is worth a word; less is the rim of a frame. */
const WORTH_TELLING_M2 = 100;

/** The ground that the flight's frames were taken of, and none showed. */
function notSeen(flight: Flight, t: ReturnType<typeof useLanguage>["t"]): string {
  const seen = flight.ground_seen;
  if (seen === null || seen.not_seen_m2 < WORTH_TELLING_M2) return "";
  const share = Math.round((100 * seen.not_seen_m2) / (seen.seen_m2 + seen.not_seen_m2));
  return ` · ${t("flight.not_seen", { area: Math.round(seen.not_seen_m2).toLocaleString(), share: Math.max(share, 1) })}`;
}

/** Frames that show a private zone: nothing was looked for on them. */
function passedOver(flight: Flight, t: ReturnType<typeof useLanguage>["t"]): string {
  const frames = flight.ground_seen?.frames_private ?? 0;
  return frames > 0 ? ` · ${t("flight.private", { frames })}` : "";
}

/** How a drone's last flight ended, and why: a refusal or a failure must not vanish with the flight. */
export function LastFlight({ droneId }: { droneId: string }) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const flight = latestFlight(world, droneId);
  if (flight === undefined) return null;
  const isBad = flight.state === "refused" || flight.state === "failed" || flight.state === "aborted";
  return (
    <p className={isBad ? "last-flight bad" : "last-flight quiet"}>
      {t("flight.last", { state: t(`flight.state.${flight.state}`) })}
      {flight.reason !== "" && ` · ${flight.reason}`}
      {notSeen(flight, t)}
      {passedOver(flight, t)}
    </p>
  );
}
