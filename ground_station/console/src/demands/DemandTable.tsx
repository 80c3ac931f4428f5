import type { Demand } from "../api/demands";
import { useLanguage } from "../i18n/language";
import { dayMoment } from "../schedule/day";
import { useNames } from "../schedule/useNames";
import { useWorld } from "../state/StationContext";
import { whenText } from "./words";

const MOST = 400;

interface Props {
  demands: Demand[];
  selected: string | null;
  onSelect: (id: string) => void;
}

/** Who wants what looked at, how often, and how it stands. */
export function DemandTable({ demands, selected, onSelect }: Props) {
  const localisation = useLanguage();
  const { t, locale, nameOf } = localisation;
  const names = useNames();
  const categories = new Map(useWorld().world.district.categories.map((one) => [one.key, one]));
  if (demands.length === 0) return <p className="empty">{t("demands.none")}</p>;
  return (
    <div className="scroll">
      <table className="day-table demand-table">
        <thead>
          <tr>
            <th>{t("demands.what")}</th>
            <th>{t("day.due.department")}</th>
            <th>{t("demands.when")}</th>
            <th className="num">{t("demands.priority")}</th>
            <th className="num">{t("demands.seen")}</th>
            <th className="num">{t("demands.next")}</th>
            <th>{t("demands.state")}</th>
          </tr>
        </thead>
        <tbody>
          {demands.slice(0, MOST).map((one) => (
            <tr key={one.id} data-demand={one.id} className={selected === one.id ? "selected" : ""}>
              <td>
                <button type="button" className="link one-line" aria-pressed={selected === one.id} onClick={() => onSelect(one.id)}>
                  <span className="swatch" style={{ background: categories.get(one.category)?.color }} aria-hidden="true" />{" "}
                  {nameOf(categories.get(one.category))}{" "}
                  <small>{one.origin === "catalogue" ? names.route(one.route_id ?? one.id) : one.note || one.id}</small>
                </button>
              </td>
              <td className="one-line">{names.department(one.department_id)}</td>
              <td className="one-line" title={whenText(localisation, one)}>
                {whenText(localisation, one)}
              </td>
              <td className="num">{one.priority}</td>
              <td className="num quiet">{one.last_seen_at === null ? t("demands.never") : dayMoment(one.last_seen_at, locale)}</td>
              <td className="num">{one.next_due_at === null ? "—" : dayMoment(one.next_due_at, locale)}</td>
              <td className={`state-${one.state}`}>
                {t(`demands.state.${one.state}`)}
                {one.changed && one.state !== "suspended" && <small> {t("demands.changed")}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {demands.length > MOST && <p className="day-note quiet">{t("demands.more", { shown: MOST, total: demands.length })}</p>}
    </div>
  );
}
