import type { ScheduledFlight } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { FlightBar } from "./FlightBar";
import { DroneName } from "./DroneName";
import type { Actual } from "./actual";
import type { Axis, Bar, DockRows } from "./chart";
import type { Mark } from "./Gantt";

interface Props {
  dock: DockRows;
  marks: ReadonlyMap<string, Mark>;
  actual: ReadonlyMap<string, Actual>;
  axis: Axis;
  selected: string | null;
  tabStop: string | null;
  now_ms: number;
  onSelect: (flight: ScheduledFlight | null) => void;
  onEnter: (flightId: string) => void;
  onNote: (bar: Bar | null, element: HTMLElement | null) => void;
}

/** A dock with the lanes of its drones. */
export function GanttRow({ dock, marks, actual, axis, selected, tabStop, now_ms, onSelect, onEnter, onNote }: Props) {
  const { t } = useLanguage();
  const name = dock.dock?.name ?? dock.id;
  return (
    <div className="gantt-dock" data-dock={dock.id} role="group" aria-label={name}>
      <span className="gantt-dock-name one-line" title={name}>
        {name}
      </span>
      <div className="gantt-lanes">
        {dock.rows.map(({ drone, bars, grounded }) => (
          <div
            key={drone.id}
            className={grounded ? "gantt-lane grounded" : "gantt-lane"}
            data-lane={drone.id}
            role="group"
            aria-label={drone.name}
          >
            <DroneName drone={drone} />
            <div className="gantt-bars">
              {grounded && <span className="gantt-grounded">{t("day.grounded")}</span>}
              {bars.map((bar) => (
                <FlightBar
                  key={bar.flight.id}
                  bar={bar}
                  droneName={drone.name}
                  mark={marks.get(bar.flight.id)}
                  selected={bar.flight.id === selected}
                  tabStop={bar.flight.id === tabStop}
                  actual={actual.get(bar.flight.id)}
                  axis={axis}
                  now_ms={now_ms}
                  onSelect={onSelect}
                  onEnter={onEnter}
                  onNote={onNote}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
