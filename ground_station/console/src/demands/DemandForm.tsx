import { useState, type FormEvent } from "react";
import { post, put } from "../api/client";
import { ORIGINS, type Demand, type Origin } from "../api/demands";
import type { WorkOrder } from "../api/types";
import { useLanguage } from "../i18n/language";
import type { OnMap } from "../schedule/useOnMap";
import { mayPlan, useWorld } from "../state/StationContext";
import { useRequest } from "../ui/useRequest";
import { bodyOf, geometryOf, inCategory, withNearest, type Draft, type Rhythm } from "./draft";
import { GroundFields } from "./GroundFields";
import { Impossible } from "./Impossible";
import { WindowFields } from "./WindowFields";

const RHYTHMS: Rhythm[] = ["on_call", "event", "day", "week", "month"];
const REGISTERED = ORIGINS.filter((one) => one !== "catalogue");

interface Props {
  start: Draft;
  onMap: OnMap;
  onDone: (id: string) => void;
  onClose: () => void;
}

/** Registers a demand, or puts another in a registered one's place. */
export function DemandForm({ start, onMap, onDone, onClose }: Props) {
  const { t, nameOf } = useLanguage();
  const { world, role } = useWorld();
  const { district } = world;
  const [draft, setDraft] = useState<Draft>(start);
  const asking = useRequest();
  const put_ = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const repeats = draft.rhythm !== "on_call" && draft.rhythm !== "event";
  const orders = Object.values(world.workOrders).filter((one) => one.phase !== "closed");

  function submit(event: FormEvent): void {
    event.preventDefault();
    asking.run(async () => {
      const body = bodyOf(draft);
      const made =
        draft.id === null ? await post<Demand>("/demands", body) : await put<Demand>(`/demands/${encodeURIComponent(draft.id)}`, body);
      onDone(made.id);
    });
  }

  function verify(order: WorkOrder | undefined): void {
    if (order === undefined) return;
    const category = district.categories.find((one) => one.key === order.category);
    setDraft((before) => ({
      ...inCategory(before, category),
      shape: "waypoints",
      route: "",
      points: [order.incident.position],
      note: t("demands.verify", { id: order.id.slice(0, 8) }),
    }));
  }

  return (
    <form className="urgent demand-form scroll" onSubmit={submit} aria-label={t("demands.new")}>
      <h3>{draft.id === null ? t(mayPlan(role) ? "demands.new" : "demands.propose") : draft.id}</h3>
      <label>
        {t("demands.origin")}
        <select value={draft.origin} onChange={(event) => put_({ origin: event.target.value as Origin })}>
          {REGISTERED.map((one) => (
            <option key={one} value={one}>
              {t(`demands.origin.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {draft.origin === "work_order" && (
        <label>
          {t("demands.order")}
          <select defaultValue="" onChange={(event) => verify(world.workOrders[event.target.value])}>
            <option value="">{t(orders.length === 0 ? "demands.order.none" : "demands.order.choose")}</option>
            {orders.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(district.categories.find((category) => category.key === one.category))} {one.id.slice(0, 8)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t("orders.filter.category")}
        <select
          value={draft.category}
          onChange={(event) =>
            setDraft((before) => inCategory(before, district.categories.find((one) => one.key === event.target.value)))
          }
        >
          {district.categories.map((one) => (
            <option key={one.key} value={one.key}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      {mayPlan(role) && (
        <label>
          {t("day.due.department")}
          <select value={draft.department} onChange={(event) => put_({ department: event.target.value })}>
            {district.departments.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <GroundFields draft={draft} onChange={setDraft} onMap={onMap} />
      <div className="row">
        <label>
          {t("demands.often")}
          <select value={draft.rhythm} onChange={(event) => put_({ rhythm: event.target.value as Rhythm })}>
            {RHYTHMS.map((one) => (
              <option key={one} value={one}>
                {t(`demands.rhythm.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {repeats && (
          <label>
            {t("demands.times")}
            <input type="number" min={1} max={24} value={draft.times} onChange={(event) => put_({ times: event.target.value })} />
          </label>
        )}
        {draft.rhythm === "event" && (
          <label>
            {t("demands.event.day")}
            <input type="date" required value={draft.valid_from} onChange={(event) => put_({ valid_from: event.target.value })} />
          </label>
        )}
      </div>
      <WindowFields windows={draft.windows} onChange={(windows) => put_({ windows })} />
      {repeats && (
        <div className="row">
          <label>
            {t("demands.valid_from")}
            <input type="date" value={draft.valid_from} onChange={(event) => put_({ valid_from: event.target.value })} />
          </label>
          <label>
            {t("demands.valid_until")}
            <input type="date" value={draft.valid_until} onChange={(event) => put_({ valid_until: event.target.value })} />
          </label>
        </div>
      )}
      {draft.rhythm === "on_call" && (
        <label>
          {t("demands.valid_until")}
          <input type="date" value={draft.valid_until} onChange={(event) => put_({ valid_until: event.target.value })} />
        </label>
      )}
      {repeats && <SeasonFields season={draft.season} onChange={(season) => put_({ season })} />}
      <div className="row">
        <label>
          {t("demands.sample")}
          <input
            inputMode="decimal"
            placeholder={t("demands.as_category")}
            value={draft.sample_cm}
            onChange={(event) => put_({ sample_cm: event.target.value })}
          />
        </label>
        <label>
          {t("demands.priority")}
          <input
            type="number"
            min={1}
            max={5}
            value={draft.priority}
            onChange={(event) => put_({ priority: Number(event.target.value) })}
          />
        </label>
      </div>
      <div className="row">
        <label>
          {t("demands.steepest")}
          <input
            inputMode="decimal"
            placeholder={t("demands.as_category")}
            value={draft.steepest_deg}
            onChange={(event) => put_({ steepest_deg: event.target.value })}
          />
        </label>
        <label>
          {t("demands.flattest")}
          <input
            inputMode="decimal"
            placeholder={t("demands.as_category")}
            value={draft.flattest_deg}
            onChange={(event) => put_({ flattest_deg: event.target.value })}
          />
        </label>
      </div>
      <label className="pick">
        <input type="checkbox" checked={draft.thermal} onChange={(event) => put_({ thermal: event.target.checked })} />
        {t("demands.thermal")}
      </label>
      <label>
        {t("demands.note")}
        <input maxLength={200} value={draft.note} onChange={(event) => put_({ note: event.target.value })} />
      </label>
      <Impossible
        problem={asking.problem}
        onUse={(nearest) => {
          setDraft((before) => withNearest(before, nearest));
          asking.clear();
        }}
      />
      <div className="row">
        <button
          type="submit"
          className="primary"
          disabled={asking.busy || (draft.route === "" && geometryOf(draft) === null)}
          aria-busy={asking.busy}
        >
          {t(draft.id !== null ? "demands.save" : mayPlan(role) ? "demands.register" : "demands.propose")}
        </button>
        <button type="button" onClick={onClose}>
          {t("close")}
        </button>
      </div>
    </form>
  );
}

const SEASON_PARTS = ["from_month", "from_day", "until_month", "until_day"] as const;

/** First and last day of the year in which it is wanted, as month and day; empty: all year. */
function SeasonFields({ season, onChange }: { season: string[]; onChange: (season: string[]) => void }) {
  const { t } = useLanguage();
  const values = SEASON_PARTS.map((_, index) => season[index] ?? "");
  return (
    <fieldset className="season">
      <legend>{t("demands.season")}</legend>
      <div className="row">
        {SEASON_PARTS.map((part, index) => (
          <input
            key={part}
            type="number"
            min={1}
            max={part.endsWith("month") ? 12 : 31}
            aria-label={t(`demands.season.${part}`)}
            placeholder={t(part.endsWith("month") ? "demands.season.month" : "demands.season.day")}
            value={values[index]}
            onChange={(event) => {
              const next = values.map((one, at) => (at === index ? event.target.value : one));
              onChange(next.every((one) => one === "") ? [] : next);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
