import { useLanguage } from "../i18n/language";
import { linkOf } from "../state/link";
import { mayPlan, useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { currentFlight, isAirborne, type World } from "../state/world";
import type { FleetEntry } from "../api/types";
import { DroneCard } from "./DroneCard";

interface Props {
  selectedDrone: string | null;
  onSelect: (droneId: string) => void;
  onPlan: () => void;
}

/** Drones on a flight first (in the air before waiting), then by name. */
function inOrder(world: World): FleetEntry[] {
  const rank = (entry: FleetEntry): number => {
    const flight = currentFlight(world, entry.drone.id);
    return flight === undefined ? 2 : isAirborne(flight) ? 0 : 1;
  };
  return Object.values(world.fleet)
    .map((entry) => ({ entry, rank: rank(entry) }))
    .sort(
      (one, other) =>
        one.rank - other.rank || one.entry.drone.name.localeCompare(other.entry.drone.name, undefined, { numeric: true }),
    )
    .map(({ entry }) => entry);
}

/** The fleet, drone by drone. */
export function FleetPanel({ selectedDrone, onSelect, onPlan }: Props) {
  const { t } = useLanguage();
  const { world, role } = useWorld();
  const now_ms = useNow();
  const entries = inOrder(world);
  return (
    <section className="panel" aria-label={t("fleet.title")}>
      <header className="panel-head">
        <h2>{t("fleet.title")}</h2>
        {mayPlan(role) && (
          <button type="button" className="primary small" onClick={onPlan}>
            {t("plan.open")}
          </button>
        )}
      </header>
      <ul className="cards scroll">
        {entries.length === 0 && <li className="empty">{t("fleet.empty")}</li>}
        {entries.map((entry) => (
          <li key={entry.drone.id}>
            <DroneCard
              entry={entry}
              flight={currentFlight(world, entry.drone.id)}
              link={linkOf(entry, world.settings, now_ms)}
              now_ms={now_ms}
              selected={entry.drone.id === selectedDrone}
              onSelect={() => onSelect(entry.drone.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
