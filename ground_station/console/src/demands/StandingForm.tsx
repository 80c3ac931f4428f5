import { useState, type FormEvent } from "react";
import { put, remove } from "../api/client";
import type { Demand, Frequency } from "../api/demands";
import { useLanguage } from "../i18n/language";
import { useRequest } from "../ui/useRequest";
import { Impossible } from "./Impossible";
import { WindowFields } from "./WindowFields";

const PERIODS = ["day", "week", "month"] as const;

interface Props {
  demand: Demand;
  onDone: (id: string) => void;
  onClose: () => void;
}

/** Changes a standing demand on this station: how often, when, how pressing, until when; or suspends it. */
export function StandingForm({ demand, onDone, onClose }: Props) {
  const { t } = useLanguage();
  const [frequency, setFrequency] = useState<Frequency>(demand.frequency);
  const [windows, setWindows] = useState(demand.windows);
  const [priority, setPriority] = useState(demand.priority);
  const [until, setUntil] = useState(demand.valid_until ?? "");
  const [note, setNote] = useState(demand.note);
  const asking = useRequest();
  const path = `/demands/${encodeURIComponent(demand.id)}/change`;

  function submit(event: FormEvent): void {
    event.preventDefault();
    send({
      ...(same(frequency, demand.frequency) && !demand.changed ? {} : { frequency }),
      ...(same(windows, demand.windows) && !demand.changed ? {} : { windows }),
      priority,
      ...(until === "" ? {} : { valid_until: until }),
      ...(note === "" ? {} : { note }),
    });
  }

  function send(change: object): void {
    asking.run(async () => {
      await put(path, change);
      onDone(demand.id);
    });
  }

  return (
    <form className="urgent demand-form scroll" onSubmit={submit} aria-label={t("demands.standing")}>
      <h3>{t("demands.standing")}</h3>
      <p className="quiet">{t("demands.standing.hint")}</p>
      <div className="row">
        <label>
          {t("demands.times")}
          <input
            type="number"
            min={1}
            max={24}
            value={frequency.times}
            onChange={(event) => setFrequency({ ...frequency, times: Number(event.target.value) })}
          />
        </label>
        <label>
          {t("demands.often")}
          <select
            value={frequency.per}
            onChange={(event) => setFrequency({ ...frequency, per: event.target.value as Frequency["per"] })}
          >
            {PERIODS.map((one) => (
              <option key={one} value={one}>
                {t(`demands.rhythm.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <WindowFields windows={windows} onChange={setWindows} />
      <div className="row">
        <label>
          {t("demands.priority")}
          <input
            type="number"
            min={1}
            max={5}
            value={priority}
            onChange={(event) => setPriority(Number(event.target.value))}
          />
        </label>
        <label>
          {t("demands.valid_until")}
          <input type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        </label>
      </div>
      <label>
        {t("demands.note")}
        <input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Impossible
        problem={asking.problem}
        onUse={(nearest) => {
          setWindows(nearest.windows ?? windows);
          setFrequency(nearest.frequency ?? frequency);
          asking.clear();
        }}
      />
      <div className="row">
        <button type="submit" className="primary" disabled={asking.busy} aria-busy={asking.busy}>
          {t("demands.save")}
        </button>
        <button type="button" onClick={onClose}>
          {t("close")}
        </button>
      </div>
      <div className="row">
        {demand.state !== "suspended" && (
          <button type="button" disabled={asking.busy} onClick={() => send({ suspended: true })}>
            {t("demands.suspend")}
          </button>
        )}
        {demand.changed && (
          <button
            type="button"
            disabled={asking.busy}
            onClick={() =>
              asking.run(async () => {
                await remove(path);
                onDone(demand.id);
              })
            }
          >
            {t("demands.restore")}
          </button>
        )}
      </div>
    </form>
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
