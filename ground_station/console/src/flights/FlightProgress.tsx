import type { Flight, Telemetry } from "../api/types";
import { useLanguage } from "../i18n/language";

interface Props {
  flight: Flight;
  telemetry: Telemetry | null;
}

/** How far a flight has come: routes done, and the mission item the aircraft reports. */
export function FlightProgress({ flight, telemetry }: Props) {
  const { t } = useLanguage();
  const reports = telemetry?.flight_id === flight.id ? telemetry : null;
  const item = reports?.mission_item ?? null;
  const items = reports?.mission_items ?? null;
  const share = item === null || items === null || items === 0 ? null : Math.min(1, item / items);
  const words = { done: flight.legs_completed.length, total: flight.plan.legs.length, item: item ?? "—", items: items ?? "—" };
  return (
    <div className="progress">
      <span className="bar" aria-hidden="true">
        <span style={{ inlineSize: `${(share ?? 0) * 100}%` }} />
      </span>
      <p>
        {t("flight.progress", words)}
        {flight.plan.legs.length === 1 && <span className="quiet"> · {flight.plan.legs[0]?.route_name}</span>}
      </p>
    </div>
  );
}
