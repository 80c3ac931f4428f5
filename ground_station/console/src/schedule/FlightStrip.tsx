import type { ScheduledFlight } from "../api/schedule";
import type { Category } from "../api/types";
import { percentText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import type { Actual } from "./actual";
import { dayClock } from "./day";
import { batteryShareOf, colorOf } from "./chart";
import { FlightActs } from "./FlightActs";
import { useNames } from "./useNames";

interface Props {
  day: string;
  flight: ScheduledFlight | undefined;
  actual: Actual | undefined;
  categories: Map<string, Category[]>;
  mayDispatch: boolean;
  onClear: () => void;
}

/** The flight that is drawn on the map, with what may be done with it; while there is none, what the colours mean. */
export function FlightStrip({ flight, ...rest }: Props) {
  return flight === undefined ? <Colors categories={rest.categories} /> : <Chosen flight={flight} {...rest} />;
}

function Chosen({ day, flight, actual, categories, mayDispatch, onClear }: Props & { flight: ScheduledFlight }) {
  const { t } = useLanguage();
  const { district } = useWorld().world;
  const names = useNames();
  const standing = actual?.standing ?? "waiting";
  return (
    <div className="flight-strip picked" data-testid="flight-strip">
      <strong>{names.drone(flight.drone_id)}</strong>
      <span className="num">
        {dayClock(flight.takes_off_at)}–{dayClock(flight.lands_at)} · {percentText(batteryShareOf(flight, district))}
      </span>
      <span className={`chip stands-${standing}`} data-testid="standing">
        {t(`day.standing.${standing}`)}
      </span>
      <FlightActs day={day} flight={flight} actual={actual} mayDispatch={mayDispatch} />
      <ol>
        {flight.visits.map((visit, index) => (
          <li key={visit.pass_id} title={names.route(visit.route_id)}>
            <span className="swatch" style={{ background: colorOf(visit, categories) }} /> {index + 1}{" "}
            {lastPart(names.route(visit.route_id))}
          </li>
        ))}
      </ol>
      <button type="button" className="tiny" onClick={onClear}>
        {t("day.let_go")}
      </button>
    </div>
  );
}

/** "Sub-district · place · what" -> "what": the routes of a flight lie side by side, and the map shows where. */
function lastPart(name: string): string {
  return name.split("·").at(-1) ?? name;
}

function Colors({ categories }: Pick<Props, "categories">) {
  const { t, nameOf } = useLanguage();
  const { district } = useWorld().world;
  const used = new Set([...categories.values()].flat());
  return (
    <ul className="flight-strip colors" aria-label={t("day.colors")}>
      {district.categories
        .filter((category) => used.has(category))
        .map((category) => (
          <li key={category.key} title={nameOf(category)}>
            <span className="swatch" style={{ background: category.color }} aria-hidden="true" /> {nameOf(category)}
          </li>
        ))}
    </ul>
  );
}
