import type { Statement } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { useNames } from "./useNames";

const ADDED = [
  "minutes",
  "cost_yuan",
  "compared_minutes",
  "compared_cost_yuan",
  "apart_minutes",
  "apart_cost_yuan",
  "apart_missed",
] as const;
type Sums = Record<(typeof ADDED)[number], number>;

interface Props {
  statements: Statement[];
}

/** A line for each department; minutes and yuan add up exactly to the flights'. */
export function CostTable({ statements }: Props) {
  const { t } = useLanguage();
  const names = useNames();
  const total = totalOf(statements);
  const [first] = statements;
  const compared = (first?.compared_days ?? 0) > 0;
  return (
    <>
      <table className="day-table">
        <thead>
          <tr>
            <th>{t("day.due.department")}</th>
            <th className="num">{t("day.costs.flights")}</th>
            <th className="num">{t("day.costs.passes")}</th>
            <th className="num">{t("day.costs.minutes")}</th>
            <th className="num">{t("day.costs.cost")}</th>
            <th className="num" title={t("costs.apart.title")}>
              {t("costs.apart")}
            </th>
            <th className="num">{t("costs.saved")}</th>
          </tr>
        </thead>
        <tbody>
          {statements.map((one) => (
            <tr key={one.department_id}>
              <td>{names.department(one.department_id)}</td>
              <td className="num">{one.flights}</td>
              <td className="num">{one.passes}</td>
              <Amounts sums={one} error_yuan={one.share_error_yuan} compared={compared} />
            </tr>
          ))}
        </tbody>
        {statements.length > 1 && (
          <tfoot>
            <tr>
              <td>{t("day.costs.total")}</td>
              <td />
              <td />
              <Amounts sums={total} error_yuan={0} compared={compared} />
            </tr>
          </tfoot>
        )}
      </table>
      {compared && first !== undefined && (
        <p className="day-note quiet">
          {t("costs.compared", {
            compared: first.compared_days,
            days: first.days,
            apart: (total.apart_minutes / 60).toFixed(1),
            together: (total.compared_minutes / 60).toFixed(1),
            share: total.apart_minutes > 0 ? Math.round((1 - total.compared_minutes / total.apart_minutes) * 100) : 0,
          })}{" "}
          {total.apart_missed > 0 && t("costs.missed", { count: total.apart_missed })}
        </p>
      )}
      {statements.some((one) => one.share_error_yuan > 0) && <p className="day-note quiet">{t("costs.sampled")}</p>}
    </>
  );
}

/** Added up in hundredths, as money is. */
function totalOf(statements: Statement[]): Sums {
  const sum = (key: (typeof ADDED)[number]): number =>
    statements.reduce((whole, one) => whole + Math.round(one[key] * 100), 0) / 100;
  return Object.fromEntries(ADDED.map((key) => [key, sum(key)])) as Sums;
}

function Amounts({ sums, error_yuan, compared }: { sums: Sums; error_yuan: number; compared: boolean }) {
  const { t, locale } = useLanguage();
  const amount = (value: number): string =>
    value.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const saved = sums.apart_cost_yuan - sums.compared_cost_yuan;
  const share = sums.apart_cost_yuan > 0 ? ` (${Math.round((saved / sums.apart_cost_yuan) * 100)} %)` : "";
  return (
    <>
      <td className="num">{amount(sums.minutes)}</td>
      <td className="num">
        {amount(sums.cost_yuan)}
        {error_yuan > 0 && <small> ± {amount(error_yuan)}</small>}
      </td>
      <td className="num quiet">{compared ? amount(sums.apart_cost_yuan) : t("costs.apart.unknown")}</td>
      <td className={!compared ? "num quiet" : saved < 0 ? "num notable" : "num good"}>
        {compared ? amount(saved) : "—"}
        {compared && <small>{share}</small>}
      </td>
    </>
  );
}
