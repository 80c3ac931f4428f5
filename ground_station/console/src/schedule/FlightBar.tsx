import { memo } from "react";
import type { ScheduledFlight } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { dayClock } from "./day";
import { placed, type Bar } from "./chart";
import type { Mark } from "./Gantt";

interface Props {
  bar: Bar;
  droneName: string;
  mark: Mark | undefined;
  selected: boolean;
  /** Whether the chart is entered here by the Tab key. */
  tabStop: boolean;
  /** Whether it should have landed by now. */
  flown: boolean;
  onSelect: (flight: ScheduledFlight | null) => void;
  onEnter: (flightId: string) => void;
  onNote: (bar: Bar | null, element: HTMLElement | null) => void;
}

/** One flight. Choosing it again lets it go. */
export const FlightBar = memo(function FlightBar(props: Props) {
  const { bar, droneName, mark, selected, tabStop, flown, onSelect, onEnter, onNote } = props;
  const { t } = useLanguage();
  const { flight } = bar;
  const words = {
    drone: droneName,
    from: dayClock(flight.takes_off_at),
    until: dayClock(flight.lands_at),
    routes: flight.visits.length,
  };
  const classes = ["flight-bar", mark === undefined ? "" : `mark-${mark}`, flown ? "flown" : ""];
  return (
    <button
      type="button"
      className={classes.join(" ")}
      style={placed(bar)}
      data-flight={flight.id}
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
});
