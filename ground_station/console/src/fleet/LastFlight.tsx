import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { latestFlight } from "../state/world";

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
    </p>
  );
}
