import { useEffect, useRef } from "react";
import type { FleetEntry, Flight, LinkState } from "../api/types";
import { FlightControls } from "../flights/FlightControls";
import { FlightProgress } from "../flights/FlightProgress";
import { useLanguage } from "../i18n/language";
import { Battery } from "./Battery";
import { heardText } from "./heard";
import { LastFlight } from "./LastFlight";
import { NewKeys } from "./NewKeys";
import { Readings } from "./Readings";

interface Props {
  entry: FleetEntry;
  flight: Flight | undefined;
  link: LinkState;
  now_ms: number;
  selected: boolean;
  onSelect: () => void;
}

/** One drone. Data that is not fresh looks so: greyed, striped, and with its age. */
export function DroneCard({ entry, flight, link, now_ms, selected, onSelect }: Props) {
  const localisation = useLanguage();
  const { t } = localisation;
  const { drone, telemetry } = entry;
  const heard = heardText(localisation, entry, link, now_ms);
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (selected) element.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const classes = ["drone", `link-${link}`, flight === undefined ? "idle" : "busy", selected ? "selected" : ""];
  return (
    <article ref={element} className={classes.join(" ")} data-drone={drone.id} data-link={link} aria-label={drone.name}>
      <button type="button" className="drone-head" onClick={onSelect} aria-pressed={selected}>
        <span className={`dot link-${link}`} aria-hidden="true" />
        <strong>{drone.name}</strong>
        <span className={`chip link-${link}`}>{t(`link.${link}`)}</span>
        {flight !== undefined && <span className={`chip state-${flight.state}`}>{t(`flight.state.${flight.state}`)}</span>}
      </button>
      {(flight !== undefined || selected) && <Readings telemetry={telemetry} />}
      {flight !== undefined && <FlightProgress flight={flight} telemetry={telemetry} />}
      <p className={link === "online" ? "heard quiet" : "heard old"}>
        {flight === undefined && !selected && telemetry !== null && <Battery share={telemetry.battery_share} />}
        {heard}
        {telemetry !== null &&
          telemetry.outbox_waiting > 0 &&
          ` · ${t("telemetry.waiting", { count: telemetry.outbox_waiting })}`}
        {entry.sequence_gaps > 0 && ` · ${t("telemetry.gaps", { count: entry.sequence_gaps })}`}
      </p>
      {flight === undefined && <LastFlight droneId={drone.id} />}
      {flight !== undefined && <FlightControls flight={flight} drone={drone} staleness={link === "online" ? null : heard} />}
      <NewKeys droneId={drone.id} droneName={drone.name} />
    </article>
  );
}
