import type { DueCount } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { Refusal } from "../ui/Refusal";
import { useAnswer } from "./useAnswer";
import { useNames } from "./useNames";

interface Props {
  day: string;
}

/** Due and overdue inspections, the departments in the catalogue's order, in each the most overdue first. */
export function DueTable({ day }: Props) {
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  const names = useNames();
  const { value, problem } = useAnswer<DueCount[]>(`/schedules/${day}/due`, world.scheduleChanges);
  const place = new Map(world.district.departments.map((one, index) => [one.id, index]));
  const order = (one: DueCount): number => place.get(one.department_id) ?? place.size;
  const rows = [...(value ?? [])].sort((one, other) => order(one) - order(other) || other.overdue - one.overdue);
  const categories = new Map(world.district.categories.map((one) => [one.key, one]));
  return (
    <div className="scroll">
      <Refusal problem={problem} />
      {value === undefined && problem === null && <p className="empty">{t("app.loading")}</p>}
      {value != null && (
        <table className="day-table">
          <thead>
            <tr>
              <th>{t("day.due.department")}</th>
              <th>{t("day.due.category")}</th>
              <th className="num">{t("day.due.demands")}</th>
              <th className="num">{t("day.due.due")}</th>
              <th className="num">{t("day.due.overdue")}</th>
              <th className="num">{t("day.due.planned")}</th>
              <th className="num">{t("day.due.waiting")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={`${row.department_id} ${row.category}`} className={row.overdue > 0 ? "overdue" : ""}>
                <td>{rows[index - 1]?.department_id === row.department_id ? "" : names.department(row.department_id)}</td>
                <td>
                  <span className="swatch" style={{ background: categories.get(row.category)?.color }} aria-hidden="true" />{" "}
                  {nameOf(categories.get(row.category))}
                </td>
                <td className="num quiet">{row.demands}</td>
                <td className="num">{row.due}</td>
                <td className={row.overdue > 0 ? "num bad" : "num quiet"}>{row.overdue}</td>
                <td className="num">{row.planned}</td>
                <td className={row.due > row.planned ? "num notable" : "num quiet"}>{row.due - row.planned}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
