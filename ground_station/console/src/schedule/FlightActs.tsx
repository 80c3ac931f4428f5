import { post } from "../api/client";
import type { ScheduledFlight } from "../api/schedule";
import type { Flight } from "../api/types";
import { useLanguage } from "../i18n/language";
import { mayPlan, useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import type { Actual } from "./actual";
import { dayClock } from "./day";

/** `ground_station.scheduling.dispatching.EARLIEST`: a flight is dispatched at most so long before its take-off. */
const EARLIEST_MS = 30 * 60_000;
/** The plan is drawn up and checked against the whole day. */
const ANSWERS_WITHIN_MS = 60_000;

interface Props {
  day: string;
  flight: ScheduledFlight;
  actual: Actual | undefined;
  mayDispatch: boolean;
}

/** Sends a scheduled flight to its aircraft; once it is there, who sent it and when it took off and landed. */
export function FlightActs({ day, flight, actual, mayDispatch }: Props) {
  const { t } = useLanguage();
  const { role, change } = useWorld();
  const now_ms = useNow();
  const asking = useRequest();
  const sent = actual?.flight ?? null;
  if (sent !== null) return <span className="num quiet">{actsOf(sent, t)}</span>;
  if (!mayDispatch || !mayPlan(role)) return null;

  const opens_ms = Date.parse(flight.takes_off_at) - EARLIEST_MS;
  function dispatch(): void {
    asking.run(async () => {
      const path = `/schedules/${day}/flights/${encodeURIComponent(flight.id)}/dispatch`;
      change({ kind: "flight", flight: await post<Flight>(path, {}, ANSWERS_WITHIN_MS), before: undefined });
    });
  }
  return (
    <>
      <button
        type="button"
        className="tiny primary act-dispatch"
        disabled={asking.busy || now_ms < opens_ms}
        aria-busy={asking.busy}
        onClick={dispatch}
      >
        {now_ms < opens_ms ? t("day.dispatch.from", { at: dayClock(opens_ms) }) : t("command.dispatch")}
      </button>
      <Refusal problem={asking.problem} title={t("day.dispatch.refused")} />
    </>
  );
}

function actsOf(flight: Flight, t: ReturnType<typeof useLanguage>["t"]): string {
  const acts = [
    flight.dispatched_at !== null &&
      t("day.act.dispatched", { at: dayClock(flight.dispatched_at), by: flight.dispatched_by ?? "" }),
    flight.took_off_at !== null && t("day.act.took_off", { at: dayClock(flight.took_off_at) }),
    flight.ended_at !== null && t("day.act.ended", { at: dayClock(flight.ended_at) }),
    flight.took_off_at !== null &&
      t("day.act.seen", { done: flight.legs_completed.length, total: flight.plan.legs.length }),
  ];
  return acts.filter((act) => act !== false).join(" · ");
}
