import type { Schedule } from "../api/schedule";
import type { Category } from "../api/types";
import { distanceText, percentText, spanText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { dayClock } from "./day";
import type { Standing } from "./actual";
import { batteryShareOf, colorOf, type Bar } from "./chart";
import { PassNote } from "./PassNote";
import { useNames } from "./useNames";

/** Where the bar is on the screen. */
export type Anchor = Pick<DOMRect, "left" | "top" | "bottom" | "width">;

const WIDTH_PX = 600;
const EDGE_PX = 8;

interface Props {
  schedule: Schedule;
  bar: Bar;
  anchor: Anchor;
  categories: Map<string, Category[]>;
  standing: Standing;
  /** Whether it is drawn on the map: then the note is short, so that it does not hide what is drawn. */
  drawn: boolean;
}

/** What a flight does, above its bar while it is pointed at. */
export function FlightNote({ schedule, bar, anchor, categories, standing, drawn }: Props) {
  const localisation = useLanguage();
  const { t, nameOf } = localisation;
  const { district } = useWorld().world;
  const names = useNames();
  const { flight } = bar;
  const left = Math.min(
    Math.max(EDGE_PX, anchor.left + anchor.width / 2 - WIDTH_PX / 2),
    window.innerWidth - WIDTH_PX - EDGE_PX,
  );
  const span_s = (Date.parse(flight.lands_at) - Date.parse(flight.takes_off_at)) / 1000;
  return (
    <div
      className="flight-note"
      role="status"
      data-testid="flight-note"
      style={{ left, bottom: window.innerHeight - anchor.top + 5, width: WIDTH_PX, maxHeight: anchor.top - 2 * EDGE_PX }}
    >
      <p>
        <strong>{names.drone(flight.drone_id)}</strong>{" "}
        <span className="num">
          {dayClock(flight.takes_off_at)}–{dayClock(flight.lands_at)}
        </span>{" "}
        <small>
          {spanText(localisation, span_s)} · {flight.id}
        </small>{" "}
        <span className={`chip stands-${standing}`}>{t(`day.standing.${standing}`)}</span>
      </p>
      <p className="quiet">
        {flight.from_dock_id === flight.to_dock_id
          ? names.dock(flight.from_dock_id)
          : t("day.from_to", { from: names.dock(flight.from_dock_id), to: names.dock(flight.to_dock_id) })}
      </p>
      <p className="num">
        {t("day.energy", { share: percentText(batteryShareOf(flight, district)), distance: distanceText(flight.distance_m) })}
      </p>
      <ol>
        {flight.visits.map((visit, index) => (
          <li key={visit.pass_id}>
            <span className="swatch" style={{ background: colorOf(visit, categories) }} />
            <span className="num">
              {index + 1} · {dayClock(visit.begins_at)}
            </span>
            <span className="one-line">{names.route(visit.route_id)}</span>
            <small>{(categories.get(visit.pass_id) ?? []).map(nameOf).join(t("list.separator"))}</small>
            {!drawn && <PassNote schedule={schedule} passId={visit.pass_id} />}
          </li>
        ))}
      </ol>
    </div>
  );
}
