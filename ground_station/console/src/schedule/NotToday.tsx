import { useState } from "react";
import { UNSERVED_CODES, type Schedule, type Unserved, type UnservedCode } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { dayMoment } from "./day";
import type { OnMap } from "./useOnMap";
import { RouteLink } from "./RouteLink";
import { useNames } from "./useNames";
import { Why } from "./Why";

interface Props {
  schedule: Schedule;
  onMap: OnMap;
}

/** What does not fly on the day, why, and until when it waits. A route is shown on the map at a click. */
export function NotToday({ schedule, onMap }: Props) {
  const { t, locale } = useLanguage();
  const names = useNames();
  const [only, setOnly] = useState<UnservedCode | null>(null);
  const departments = new Map(schedule.passes.map((one) => [one.id, one.departments]));
  const departmentsOf = ({ pass_id }: Unserved): string =>
    (departments.get(pass_id) ?? []).map(names.department).join(t("list.separator"));
  const count = (code: UnservedCode): number => schedule.unserved.filter((one) => one.code === code).length;
  const rows = schedule.unserved.filter((one) => only === null || one.code === only);
  if (schedule.unserved.length === 0) return <p className="empty">{t("day.left.none")}</p>;
  return (
    <>
      <div className="day-filter" role="group" aria-label={t("day.left.reason")}>
        {UNSERVED_CODES.filter((code) => count(code) > 0).map((code) => (
          <button
            type="button"
            key={code}
            className="tiny"
            aria-pressed={only === code}
            onClick={() => setOnly(only === code ? null : code)}
          >
            {t(`day.code.${code}`)} <span className="num">{count(code)}</span>
          </button>
        ))}
      </div>
      <div className="scroll">
        <table className="day-table left-over">
          <thead>
            <tr>
              <th>{t("day.left.route")}</th>
              <th>{t("day.due.department")}</th>
              <th>{t("day.left.reason")}</th>
              <th className="num">{t("day.left.until")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.pass_id} className={onMap.route === one.route_id ? "selected" : ""}>
                <td>
                  <RouteLink id={one.route_id} onMap={onMap} />
                </td>
                <td className="one-line" title={departmentsOf(one)}>
                  {departmentsOf(one)}
                </td>
                <td>
                  <Why code={one.code} text={one.text} />
                </td>
                <td className="num">{dayMoment(one.expires_at, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
