import { useState } from "react";
import { post } from "../api/client";
import type { AircraftKey } from "../api/types";
import { momentText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { mayPlan, useWorld } from "../state/StationContext";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";

/** The keys that this drone says instead of the one it had: what they sign counts once a person has accepted them. */
export function NewKeys({ droneId, droneName }: { droneId: string; droneName: string }) {
  const { world } = useWorld();
  const waiting = Object.values(world.aircraftKeys).filter((key) => key.drone_id === droneId && key.accepted_at === null);
  return waiting.map((key) => <NewKey key={key.key_id} waiting={key} droneName={droneName} />);
}

function NewKey({ waiting, droneName }: { waiting: AircraftKey; droneName: string }) {
  const localisation = useLanguage();
  const { t } = localisation;
  const { role } = useWorld();
  const [asked, setAsked] = useState(false);
  const asking = useRequest();
  const short = waiting.key_id.slice(0, 12);
  return (
    <div className="new-key" role="status" data-key={waiting.key_id}>
      <span>{t("key.new", { key: short, since: momentText(localisation, waiting.first_seen_at) })}</span>
      {mayPlan(role) && (
        <button type="button" className="small" disabled={asking.busy} onClick={() => setAsked(true)}>
          {t("key.accept")}
        </button>
      )}
      <Refusal problem={asking.problem} />
      {asked && (
        <ConfirmDialog
          title={t("key.confirm.title", { drone: droneName })}
          text={t("key.confirm.text", { key: short })}
          verb={t("key.accept")}
          onConfirm={() =>
            asking.run(async () => {
              await post<AircraftKey>(`/aircraft-keys/${waiting.drone_id}/${waiting.key_id}/accept`);
            })
          }
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  );
}
