import { useState } from "react";
import { post } from "../api/client";
import type { CommandReport, Drone, Flight } from "../api/types";
import { percentText, spanText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import { CommandLine } from "./CommandLine";
import { actsFor, mayAct, needsConfirmation, type FlightAct } from "./commands";

interface Props {
  flight: Flight;
  drone: Drone;
  /** How old the data is, where it is not fresh. */
  staleness: string | null;
}

/** The buttons of a flight, and what became of the last command. */
export function FlightControls({ flight, drone, staleness }: Props) {
  const localisation = useLanguage();
  const { t } = localisation;
  const { role, change } = useWorld();
  const asking = useRequest();
  const [confirming, setConfirming] = useState<"start" | "return" | "cancel" | null>(null);

  function send(act: FlightAct): void {
    asking.run(async () => {
      if (act === "dispatch") {
        change({ kind: "flight", flight: await post<Flight>(`/flights/${flight.id}/dispatch`), before: flight });
        return;
      }
      const report = await post<CommandReport | null>(`/flights/${flight.id}/commands`, { command: act });
      if (report !== null) change({ kind: "command", report, before: flight });
    });
  }

  const acts = actsFor(flight.state, staleness !== null).filter((act) => mayAct(role, act));
  const { estimate, legs } = flight.plan;
  const words = {
    drone: drone.name,
    routes: legs.length,
    duration: spanText(localisation, estimate.duration_s),
    battery: percentText(estimate.battery_share),
  };
  return (
    <div className="controls">
      {acts.length > 0 && (
        <div className="buttons" role="group" aria-label={t("flight.title")}>
          {acts.map((act) => (
            <button
              type="button"
              key={act}
              className={`act-${act}`}
              disabled={asking.busy && act !== "return"}
              onClick={() => (needsConfirmation(act) ? setConfirming(act) : send(act))}
            >
              {t(`command.${act}`)}
            </button>
          ))}
        </div>
      )}
      <CommandLine report={flight.command} />
      {flight.reason !== "" && <p className="quiet">{t("flight.reason", { reason: flight.reason })}</p>}
      <Refusal problem={asking.problem} />
      {confirming !== null && (
        <ConfirmDialog
          title={t(`confirm.${confirming}.title`, words)}
          text={t(`confirm.${confirming}.text`, words)}
          warning={staleness === null ? undefined : t("confirm.stale", { heard: staleness })}
          verb={t(`command.${confirming}`)}
          onConfirm={() => send(confirming)}
          onClose={() => setConfirming(null)}
        />
      )}
    </div>
  );
}
