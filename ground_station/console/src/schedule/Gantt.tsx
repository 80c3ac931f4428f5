import { memo, useCallback, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Schedule, ScheduledFlight } from "../api/schedule";
import type { Category, Flight } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { dayClock } from "./day";
import { FlightNote, type Anchor } from "./FlightNote";
import { FlightStrip } from "./FlightStrip";
import { actualOf, type Actual } from "./actual";
import { axisOf, extentOf, hoursOf, placed, rowsOf, type Bar } from "./chart";
import { GanttRow } from "./GanttRow";
import { step } from "./steps";

/** What a proposal would do to a flight. */
export type Mark = "moved" | "added";

const PACE_MS = 15_000;

interface Props {
  schedule: Schedule;
  categories: Map<string, Category[]>;
  marks: ReadonlyMap<string, Mark>;
  /** What was dispatched, by the schedule's id. */
  dispatched: ReadonlyMap<string, Flight>;
  /** Whether the day is over. */
  past: boolean;
  /** Whether it is a proposal: then nothing is dispatched from it. */
  preview: boolean;
  selected: string | null;
  onSelect: (flight: ScheduledFlight | null) => void;
}

interface Noted {
  bar: Bar;
  anchor: Anchor;
}

/** The day by dock and drone: each bar a flight, its visits in their categories' colours. Arrow keys go from bar to bar. */
export const Gantt = memo(function Gantt(props: Props) {
  const { schedule, categories, marks, dispatched, past, preview, selected, onSelect } = props;
  const { t } = useLanguage();
  const { district } = useWorld().world;
  const now_ms = Math.floor(useNow() / PACE_MS) * PACE_MS;
  const root = useRef<HTMLDivElement>(null);
  const [noted, setNoted] = useState<Noted | null>(null);
  const [entry, setEntry] = useState<string | null>(null);
  const axis = useMemo(() => axisOf(schedule), [schedule]);
  const docks = useMemo(() => rowsOf(schedule, district, axis, categories), [schedule, district, axis, categories]);
  const lanes = useMemo(() => docks.flatMap(({ rows }) => rows.map(({ bars }) => bars)), [docks]);
  const known = lanes.some((bars) => bars.some(({ flight }) => flight.id === entry));
  const tabStop = known ? entry : (lanes.find((bars) => bars.length > 0)?.[0]?.flight.id ?? null);
  const chosen = schedule.flights.find((flight) => flight.id === selected);
  const daylight = extentOf(axis, schedule.daylight.begins_at, schedule.daylight.ends_at);
  const now = (now_ms - axis.from_ms) / (axis.until_ms - axis.from_ms);

  const actual = useMemo<ReadonlyMap<string, Actual>>(
    () => new Map(schedule.flights.map((flight) => [flight.id, actualOf(flight, dispatched, now_ms, past)])),
    [schedule, dispatched, now_ms, past],
  );

  const note = useCallback((bar: Bar | null, element: HTMLElement | null) => {
    setNoted(bar === null || element === null ? null : { bar, anchor: element.getBoundingClientRect() });
  }, []);

  function press(event: KeyboardEvent): void {
    const here = (event.target as HTMLElement).dataset["flight"];
    if (here === undefined) return;
    if (event.key === "Escape") onSelect(null);
    const next = step(lanes, here, event.key);
    if (next === null) return;
    event.preventDefault();
    root.current?.querySelector<HTMLElement>(`[data-flight="${CSS.escape(next)}"]`)?.focus();
  }

  return (
    <>
      <div
        className="gantt scroll"
        ref={root}
        role="group"
        aria-label={t("day.chart")}
        onKeyDown={press}
        onScroll={() => setNoted(null)}
      >
        <div className="gantt-axis num" aria-hidden="true">
          <span className="gantt-zone">{t("day.zone")}</span>
          <div className="gantt-hours">
            {hoursOf(axis).map((hour) => (
              <span key={hour} style={placed({ from: (hour - axis.from_ms) / (axis.until_ms - axis.from_ms), size: 0 })}>
                {dayClock(hour)}
              </span>
            ))}
          </div>
        </div>
        <div className="gantt-rows">
          <div className="gantt-ground" aria-hidden="true">
            <span className="gantt-daylight" style={placed(daylight)} />
            {hoursOf(axis).map((hour) => (
              <span
                key={hour}
                className="gantt-hour"
                style={placed({ from: (hour - axis.from_ms) / (axis.until_ms - axis.from_ms), size: 0 })}
              />
            ))}
          </div>
          {docks.map((dock) => (
            <GanttRow
              key={dock.id}
              dock={dock}
              marks={marks}
              actual={actual}
              axis={axis}
              selected={selected}
              tabStop={tabStop}
              now_ms={now_ms}
              onSelect={onSelect}
              onEnter={setEntry}
              onNote={note}
            />
          ))}
          {now >= 0 && now <= 1 && (
            <div className="gantt-ground gantt-over" aria-hidden="true">
              <span className="gantt-now" data-testid="now-line" style={placed({ from: now, size: 0 })} />
            </div>
          )}
        </div>
      </div>
      <FlightStrip
        day={schedule.day}
        flight={chosen}
        actual={chosen === undefined ? undefined : actual.get(chosen.id)}
        categories={categories}
        mayDispatch={!past && !preview}
        onClear={() => onSelect(null)}
      />
      {noted !== null && (
        <FlightNote
          schedule={schedule}
          drawn={noted.bar.flight.id === selected}
          bar={noted.bar}
          anchor={noted.anchor}
          categories={categories}
          standing={actual.get(noted.bar.flight.id)?.standing ?? "waiting"}
        />
      )}
    </>
  );
});
