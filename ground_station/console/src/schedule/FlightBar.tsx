import { memo } from "react";
import type { ScheduledFlight } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { dayClock } from "./day";
import type { Actual } from "./actual";
import { extentOf, placed, type Axis, type Bar } from "./chart";
import type { Mark } from "./Gantt";

interface Props {
  bar: Bar;
  droneName: string;
  mark: Mark | undefined;
  selected: boolean;
  /** Whether the chart is entered here by the Tab key. */
  tabStop: boolean;
  actual: Actual | undefined;
  axis: Axis;
  now_ms: number;
  onSelect: (flight: ScheduledFlight | null) => void;
  onEnter: (flightId: string) => void;
  onNote: (bar: Bar | null, element: HTMLElement | null) => void;
}

/** One flight in the colour of how it stands, and below it what was really flown. Choosing it again lets it go. */
export const FlightBar = memo(function FlightBar(props: Props) {
  const { bar, droneName, mark, selected, tabStop, actual, axis, now_ms, onSelect, onEnter, onNote } = props;
  const { t } = useLanguage();
  const { flight } = bar;
  const standing = actual?.standing ?? "waiting";
  const words = {
    drone: droneName,
    from: dayClock(flight.takes_off_at),
    until: dayClock(flight.lands_at),
    routes: flight.visits.length,
    standing: t(`day.standing.${standing}`),
  };
  const classes = ["flight-bar", `stands-${standing}`, mark === undefined ? "" : `mark-${mark}`];
  const flown = actual?.flight?.took_off_at ?? null;
  const until = actual?.flight?.ended_at ?? new Date(now_ms).toISOString();
  const button = (
    <button
      type="button"
      className={classes.join(" ")}
      style={placed(bar)}
      data-flight={flight.id}
      data-standing={standing}
      aria-label={t("day.bar", words)}
      aria-pressed={selected}
      tabIndex={tabStop ? 0 : -1}
      onClick={() => onSelect(selected ? null : flight)}
      onMouseEnter={(event) => onNote(bar, event.currentTarget)}
      onMouseLeave={() => onNote(null, null)}
      onFocus={(event) => {
        onEnter(flight.id);
        if (event.currentTarget.matches(":focus-visible")) onNote(bar, event.currentTarget);
      }}
      onBlur={() => onNote(null, null)}
    >
      {bar.segments.map((segment) => (
        <span key={segment.visit.pass_id} className="flight-visit" style={{ ...placed(segment), background: segment.color }} />
      ))}
    </button>
  );
  return (
    <>
      {button}
      {flown !== null && (
        <span className={`flown-line stands-${standing}`} style={placed(extentOf(axis, flown, until))} aria-hidden="true" />
      )}
    </>
  );
});
