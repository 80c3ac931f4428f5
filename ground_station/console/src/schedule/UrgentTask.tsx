import { useEffect, useState, type FormEvent } from "react";
import { post } from "../api/client";
import type { DayPlan, Replanned, ScheduledFlight, UrgentPlace } from "../api/schedule";
import type { GeoPoint } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import { arrivalOf } from "./arrival";
import { Arrived, UrgentOutcome } from "./UrgentOutcome";
import type { OnMap } from "./useOnMap";

/** The repair takes seconds; a busy ground station may need longer than an ordinary request may. */
const ANSWERS_WITHIN_MS = 90_000;

interface Props {
  day: string;
  plan: DayPlan;
  onMap: OnMap;
  proposal: Replanned | null;
  onProposal: (proposal: Replanned | null) => void;
  onShow: (flight: ScheduledFlight | null) => void;
  onClose: () => void;
}

/** Sends the nearest able drone to a place now: first what it would do to the day, then, after a yes, in force. */
export function UrgentTask({ day, plan, onMap, proposal, onProposal, onShow, onClose }: Props) {
  const { t, nameOf } = useLanguage();
  const { district } = useWorld().world;
  const [category, setCategory] = useState(district.categories[0]?.key ?? "");
  const [lat, setLat] = useState("");
  const [lon, setLon] = useState("");
  const [done, setDone] = useState<Replanned | null>(null);
  /** The plan in force that the proposal changes. */
  const [changes, setChanges] = useState(plan.id);
  const [outdated, setOutdated] = useState(false);
  const asking = useRequest();
  const place = placeOf(lat, lon);
  const { askPlace, putSpot } = onMap;

  useEffect(() => {
    askPlace(({ lat_deg, lon_deg }) => {
      setLat(lat_deg.toFixed(5));
      setLon(lon_deg.toFixed(5));
    });
    return () => {
      askPlace(null);
      putSpot(null);
    };
  }, [askPlace, putSpot]);
  useEffect(() => {
    putSpot(placeOf(lat, lon));
    onProposal(null);
  }, [lat, lon, category, putSpot, onProposal]);
  useEffect(() => {
    if (proposal !== null) onShow(arrivalOf(proposal)?.flight ?? null);
    // `onShow` follows the proposal: it knows the colours of its flights only once that is shown.
  }, [proposal]);

  useEffect(() => {
    const id = done === null ? undefined : arrivalOf(done)?.flight.id;
    const flight = plan.schedule.flights.find((one) => one.id === id);
    if (flight !== undefined) onShow(flight);
    // As soon as the plan in force has it.
  }, [done, plan]);

  useEffect(() => {
    if (proposal === null || changes === plan.id) return;
    onProposal(null);
    setOutdated(true);
  }, [proposal, changes, plan.id, onProposal]);

  function send(urgent: UrgentPlace, confirm: boolean): void {
    setDone(null);
    setChanges(plan.id);
    setOutdated(false);
    asking.run(async () => {
      const answer = await post<Replanned>(`/schedules/${day}/replan`, { urgent, confirm }, ANSWERS_WITHIN_MS);
      onProposal(confirm ? null : answer);
      setDone(confirm ? answer : null);
    });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (place !== null) send({ point: place, category }, false);
  }

  return (
    <form className="urgent scroll" onSubmit={submit} aria-label={t("day.urgent")}>
      <p className="quiet">{t("urgent.hint")}</p>
      <div className="row">
        <label>
          {t("urgent.lat")}
          <input inputMode="decimal" value={lat} onChange={(event) => setLat(event.target.value)} />
        </label>
        <label>
          {t("urgent.lon")}
          <input inputMode="decimal" value={lon} onChange={(event) => setLon(event.target.value)} />
        </label>
      </div>
      <label>
        {t("orders.filter.category")}
        <select value={category} onChange={(event) => setCategory(event.target.value)}>
          {district.categories.map((one) => (
            <option key={one.key} value={one.key}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      <div className="row">
        <button type="submit" className="primary" disabled={place === null || asking.busy} aria-busy={asking.busy}>
          {t(asking.busy ? "urgent.asking" : "urgent.ask")}
        </button>
        <button type="button" onClick={onClose}>
          {t("close")}
        </button>
      </div>
      <Refusal problem={asking.problem} />
      {outdated && done === null && !asking.busy && <p className="warning">{t("urgent.outdated")}</p>}
      {place !== null && proposal !== null && !asking.busy && (
        <UrgentOutcome before={plan.schedule} proposal={proposal} onConfirm={() => send({ point: place, category }, true)} />
      )}
      {done !== null && (
        <div className="made" role="status">
          {t("urgent.done")}
          <Arrived of={done} />
        </div>
      )}
    </form>
  );
}

/** The place that is written, where it is one. */
function placeOf(lat: string, lon: string): GeoPoint | null {
  if (lat.trim() === "" || lon.trim() === "") return null;
  const [lat_deg, lon_deg] = [Number(lat), Number(lon)];
  return Math.abs(lat_deg) <= 90 && Math.abs(lon_deg) <= 180 ? { lat_deg, lon_deg } : null;
}
