import { useState, type FormEvent } from "react";
import { post } from "../api/client";
import type { Flight } from "../api/types";
import { distanceText, percentText, spanText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { currentFlight } from "../state/world";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import { ChosenRoutes } from "./ChosenRoutes";
import { RoutePicker } from "./RoutePicker";

interface Props {
  chosen: string[];
  onChoose: (routeIds: string[]) => void;
  onClose: () => void;
}

/** Plans a flight: a drone, and routes from the list or the map. Refusals are shown with every reason. */
export function PlanPanel({ chosen, onChoose, onClose }: Props) {
  const localisation = useLanguage();
  const { t } = localisation;
  const { world, change } = useWorld();
  const drones = world.district.drones;
  const [droneId, setDroneId] = useState(
    () => (drones.find((drone) => currentFlight(world, drone.id) === undefined) ?? drones[0])?.id ?? "",
  );
  const [made, setMade] = useState<Flight | null>(null);
  const asking = useRequest();
  const drone = drones.find((one) => one.id === droneId);
  const dock = world.district.docks.find((one) => one.id === drone?.dock_id);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setMade(null);
    asking.run(async () => {
      const flight = await post<Flight>("/flights", { drone_id: droneId, route_ids: chosen });
      change({ kind: "flight", flight, before: undefined });
      setMade(flight);
      onChoose([]);
    });
  }

  return (
    <section className="panel plan" aria-label={t("plan.title")}>
      <header className="panel-head">
        <h2>{t("plan.title")}</h2>
        <button type="button" className="small" onClick={onClose}>
          {t("close")}
        </button>
      </header>
      <form onSubmit={submit} className="plan-form">
        <label>
          {t("plan.drone")}
          <select value={droneId} onChange={(event) => setDroneId(event.target.value)}>
            {drones.map((one) => (
              <option key={one.id} value={one.id}>
                {currentFlight(world, one.id) === undefined ? one.name : t("plan.drone.busy", { drone: one.name })}
              </option>
            ))}
          </select>
        </label>
        <ChosenRoutes chosen={chosen} onChoose={onChoose} />
        <Refusal problem={asking.problem} title={t("plan.refused")} />
        {made !== null && (
          <p className="made" role="status">
            {t("plan.made", {
              distance: distanceText(made.plan.estimate.distance_m),
              duration: spanText(localisation, made.plan.estimate.duration_s),
              battery: percentText(made.plan.estimate.battery_share),
            })}
          </p>
        )}
        <button type="submit" className="primary" disabled={asking.busy}>
          {t("plan.submit")}
        </button>
        <RoutePicker chosen={chosen} onChoose={onChoose} near={dock?.point} />
      </form>
    </section>
  );
}
