import { useCallback, useEffect, useMemo, useState } from "react";
import { serverNowMs } from "../api/clock";
import type { DayPlan as Plan, Replanned, ScheduledFlight } from "../api/schedule";
import type { Category } from "../api/types";
import { useLanguage } from "../i18n/language";
import { mayPlan, useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { Refusal } from "../ui/Refusal";
import { Costs } from "./Costs";
import { DAY_MS, districtDay } from "./day";
import { DayFigures } from "./DayFigures";
import { DayHappened } from "./DayHappened";
import { DayHead, type Form } from "./DayHead";
import type { DayChoice } from "./DaySwitch";
import { DueTable } from "./DueTable";
import { dispatchedOn } from "./actual";
import { categoriesOf, colorOf } from "./chart";
import { Gantt, type Mark } from "./Gantt";
import { notFlown } from "./leftOver";
import { NotToday } from "./NotToday";
import { IMPROVES_FOR_S } from "./PlanDay";
import { UrgentTask } from "./UrgentTask";
import { useAnswer } from "./useAnswer";
import type { OnMap } from "./useOnMap";

const TABS = ["flights", "due", "left", "costs"] as const;
type Tab = (typeof TABS)[number];

const LOOKS_AGAIN_MS = 5000;

interface Props {
  onMap: OnMap;
  /** Called with the drone of the flight that is chosen. */
  onDrone: (id: string) => void;
  onClose: () => void;
}

/** The plan of a day: who flies what and when, what is due, what does not fly and why, what it costs. */
export function DayPlan({ onMap, onDrone, onClose }: Props) {
  const { t } = useLanguage();
  const { world, role } = useWorld();
  const now_ms = useNow();
  const today = districtDay(now_ms);
  const tomorrow = districtDay(now_ms + DAY_MS);
  const [choice, setChoice] = useState<DayChoice>("today");
  const day = choice === "today" ? today : choice === "tomorrow" ? tomorrow : choice;
  const [tab, setTab] = useState<Tab>("flights");
  const [form, setForm] = useState<Form | null>(null);
  const [proposal, setProposal] = useState<Replanned | null>(null);
  const { value: plan, problem, accept, again } = useAnswer<Plan>(`/schedules/${day}`, world.scheduleChanges);
  useImproved(plan, again);
  const { clear } = onMap;
  useEffect(() => clear, [clear]);

  const schedule = proposal?.schedule ?? plan?.schedule;
  const { district, routes } = world;
  const categories = useMemo<Map<string, Category[]>>(
    () => (schedule === undefined ? new Map() : categoriesOf(schedule, district, routes)),
    [schedule, district, routes],
  );
  const marks = useMemo(() => marksOf(proposal, plan?.schedule.flights ?? []), [proposal, plan]);

  const { drawn, draw } = onMap;
  const show = useCallback(
    (flight: ScheduledFlight | null) => {
      draw(flight === null ? null : { flight, colors: flight.visits.map((visit) => colorOf(visit, categories)) });
      if (flight !== null) onDrone(flight.drone_id);
    },
    [draw, categories, onDrone],
  );
  const dispatched = useMemo(() => dispatchedOn(day, world.flights), [day, world.flights]);
  const { putClosed } = onMap;
  const closures = plan?.schedule.conditions.closures;
  useEffect(() => {
    if (form !== "happened") putClosed((closures ?? []).map(({ outline }) => outline));
  }, [form, closures, putClosed]);
  useEffect(() => {
    if (drawn === null || schedule === undefined) return;
    const still = schedule.flights.some((flight) => JSON.stringify(flight) === JSON.stringify(drawn.flight));
    if (!still) draw(null);
  }, [schedule, drawn, draw]);

  function switchTo(next: DayChoice): void {
    setChoice(next);
    turnTo(null);
    clear();
  }

  function turnTo(next: Form | null): void {
    setForm(next);
    setProposal(null);
  }

  return (
    <section className="panel day-plan" aria-label={t("day.title")} data-day={day} data-testid="day-plan">
      <DayHead
        day={day}
        choice={choice}
        onChoose={switchTo}
        plan={plan}
        onPlanned={accept}
        past={day < today}
        form={form}
        onForm={turnTo}
        onClose={onClose}
      />
      <div className="day-bar">
        <div className="tabs" role="tablist">
          {TABS.map((one) => (
            <button type="button" role="tab" key={one} aria-selected={tab === one} onClick={() => setTab(one)}>
              {t(`day.tab.${one}`, { count: plan == null ? "" : notFlown(plan.schedule).length })}
            </button>
          ))}
        </div>
        {plan != null && <DayFigures plan={plan} />}
      </div>
      <Refusal problem={problem} />
      <div className="day-body">
        <div className="day-main" role="tabpanel">
          {proposal !== null && tab === "flights" && <p className="preview">{t("day.preview")}</p>}
          {tab === "due" && <DueTable day={day} />}
          {tab === "costs" && <Costs day={day} />}
          {(tab === "flights" || tab === "left") && schedule === undefined && problem === null && (
            <p className="empty">{t(plan === undefined ? "app.loading" : mayPlan(role) ? "day.none.planner" : "day.none")}</p>
          )}
          {tab === "flights" && schedule !== undefined && (
            <Gantt
              schedule={schedule}
              categories={categories}
              marks={marks}
              dispatched={dispatched}
              past={day < today}
              preview={proposal !== null}
              selected={drawn?.flight.id ?? null}
              onSelect={show}
            />
          )}
          {tab === "left" && schedule !== undefined && <NotToday schedule={schedule} onMap={onMap} />}
        </div>
        {form === "happened" && plan !== undefined && (
          <DayHappened
            key={day}
            day={day}
            plan={plan}
            dispatched={dispatched}
            onMap={onMap}
            proposal={proposal}
            onProposal={setProposal}
            onPlanned={(made) => {
              accept(made);
              turnTo(null);
            }}
            onClose={() => turnTo(null)}
          />
        )}
        {form === "urgent" && plan != null && (
          <UrgentTask
            day={day}
            plan={plan}
            onMap={onMap}
            proposal={proposal}
            onProposal={setProposal}
            onShow={show}
            onClose={() => turnTo(null)}
          />
        )}
      </div>
    </section>
  );
}

/** Looks again once a plan should have been improved: an improvement that came to nothing may not be announced. */
function useImproved(plan: Plan | null | undefined, again: () => void): void {
  useEffect(() => {
    if (plan == null || !plan.improving) return undefined;
    const left_ms = Date.parse(plan.made_at) + IMPROVES_FOR_S * 1000 - serverNowMs();
    const timer = window.setTimeout(again, Math.max(0, left_ms) + LOOKS_AGAIN_MS);
    return () => window.clearTimeout(timer);
  }, [plan, again]);
}

/** Which flights a proposal would add or move. */
function marksOf(proposal: Replanned | null, before: ScheduledFlight[]): ReadonlyMap<string, Mark> {
  if (proposal === null) return new Map();
  const known = new Set(before.map((flight) => flight.id));
  const added = proposal.schedule.flights.filter((flight) => !known.has(flight.id));
  return new Map([
    ...proposal.moved.map((id): [string, Mark] => [id, "moved"]),
    ...added.map((flight): [string, Mark] => [flight.id, "added"]),
  ]);
}
