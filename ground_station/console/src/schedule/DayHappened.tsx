import { useEffect, useMemo, useRef, useState, type FormEvent } from "react";
import { post } from "../api/client";
import type { Closure, Conditions, DayPlan, Happened, Replanned } from "../api/schedule";
import type { Flight } from "../api/types";
import { useLanguage } from "../i18n/language";
import { isAirborne } from "../state/world";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import { Changes } from "./Changes";
import { ClosureFields } from "./ClosureFields";
import { DroneChoice } from "./DroneChoice";
import { IMPROVES_FOR_S } from "./PlanDay";
import type { OnMap } from "./useOnMap";
import { WindFields, windOf } from "./WindFields";

/** A plan or a repair takes seconds; a busy ground station may need longer than an ordinary request may. */
const ANSWERS_WITHIN_MS = 120_000;
const CALM: Conditions = { wind_mps: 0, wind_from_deg: null, closures: [], grounded_drones: [] };

interface Props {
  day: string;
  /** null: the day is not planned yet; then these are the conditions that it is planned under. */
  plan: DayPlan | null;
  dispatched: ReadonlyMap<string, Flight>;
  onMap: OnMap;
  proposal: Replanned | null;
  onProposal: (proposal: Replanned | null) => void;
  onPlanned: (plan: DayPlan) => void;
  onClose: () => void;
}

/** What has happened: drones, wind, closed airspace, flights to recall. First what it would do to the day, then, after a yes, in force. */
export function DayHappened({ day, plan, dispatched, onMap, proposal, onProposal, onPlanned, onClose }: Props) {
  const { t } = useLanguage();
  const before = plan?.schedule.conditions ?? CALM;
  const [grounded, setGrounded] = useState<ReadonlySet<string>>(new Set(before.grounded_drones));
  const [wind, setWind] = useState({ mps: String(before.wind_mps), from_deg: before.wind_from_deg?.toString() ?? "" });
  const [closures, setClosures] = useState<Closure[]>([]);
  const [recall, setRecall] = useState<ReadonlySet<string>>(new Set());
  const [confirming, setConfirming] = useState(false);
  const [done, setDone] = useState(false);
  const asking = useRequest();
  const outcome = useRef<HTMLDivElement>(null);
  const blowing = windOf(wind);
  const airborne = [...dispatched].filter(([, flight]) => isAirborne(flight) && flight.state !== "returning");
  const change = useMemo(
    () => changeOf(before, grounded, blowing, closures, recall),
    [before, grounded, wind, closures, recall],
  );
  useEffect(() => onProposal(null), [grounded, wind, closures, recall, plan?.id, onProposal]);

  useEffect(() => {
    if (proposal !== null) outcome.current?.scrollIntoView({ block: "nearest" });
  }, [proposal, asking.busy]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (plan === null) planDay();
    else send(false);
  }

  function planDay(): void {
    const { lost_drones: grounded_drones, closures: closed, wind_mps, wind_from_deg } = change;
    const body = { day, time_limit_s: IMPROVES_FOR_S, grounded_drones, closures: closed, wind_mps, wind_from_deg };
    asking.run(async () => onPlanned(await post<DayPlan>("/schedules", body, ANSWERS_WITHIN_MS)));
  }

  function send(confirm: boolean): void {
    setDone(false);
    asking.run(async () => {
      const answer = await post<Replanned>(`/schedules/${day}/replan`, { ...change, confirm }, ANSWERS_WITHIN_MS);
      onProposal(confirm ? null : answer);
      setDone(confirm);
    });
  }

  const verb = plan === null ? (asking.busy ? "day.planning" : "day.plan") : asking.busy ? "urgent.asking" : "happened.ask";
  return (
    <form className="urgent happened scroll" onSubmit={submit} aria-label={t("day.happened")}>
      <DroneChoice chosen={grounded} onChoose={setGrounded} />
      <WindFields wind={wind} onChange={setWind} />
      <ClosureFields day={day} known={before.closures} drawn={closures} onDrawn={setClosures} onMap={onMap} />
      {airborne.length > 0 && (
        <fieldset>
          <legend>{t("happened.recall")}</legend>
          <p className="quiet">{t("happened.recall.hint")}</p>
          <DroneChoice
            only={airborne.map(([id, flight]) => ({ id, droneId: flight.plan.drone_id }))}
            chosen={recall}
            onChoose={setRecall}
          />
        </fieldset>
      )}
      <div className="row">
        <button type="submit" className="primary" disabled={blowing === null || asking.busy} aria-busy={asking.busy}>
          {t(verb)}
        </button>
        <button type="button" onClick={onClose}>
          {t("close")}
        </button>
      </div>
      <Refusal problem={asking.problem} />
      {plan !== null && proposal !== null && !asking.busy && (
        <div className="outcome" ref={outcome} data-testid="happened-outcome">
          <Changes before={plan.schedule} proposal={proposal} />
          <button type="button" className="danger" onClick={() => setConfirming(true)}>
            {t("urgent.confirm")}
          </button>
        </div>
      )}
      {done && (
        <p className="made" role="status">
          {t("urgent.done")}
        </p>
      )}
      {confirming && proposal !== null && (
        <ConfirmDialog
          title={t("happened.confirm.title")}
          text={t("happened.confirm.text", {
            moved: proposal.moved.length,
            dropped: proposal.dropped.length,
            off: proposal.called_off.length,
            recalled: recall.size,
          })}
          verb={t("urgent.confirm")}
          onConfirm={() => send(true)}
          onClose={() => setConfirming(false)}
        />
      )}
    </form>
  );
}

function changeOf(
  before: Conditions,
  grounded: ReadonlySet<string>,
  blowing: { wind_mps: number; wind_from_deg: number | null } | null,
  closures: Closure[],
  recall: ReadonlySet<string>,
): Happened {
  const known = new Set(before.grounded_drones);
  const change: Happened = {
    lost_drones: [...grounded].filter((id) => !known.has(id)),
    restored_drones: before.grounded_drones.filter((id) => !grounded.has(id)),
    closures,
    recall: [...recall],
  };
  return blowing === null ? change : { ...change, ...blowing };
}
