import type { Statement } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { Refusal } from "../ui/Refusal";
import { monthOf } from "./day";
import { useAnswer } from "./useAnswer";
import { useNames } from "./useNames";

const ADDED = ["minutes", "cost_yuan", "alone_cost_yuan", "saved_yuan"] as const;
type Sums = Record<(typeof ADDED)[number], number>;

interface Props {
  day: string;
}

/** What every department bears of the month's flights, and what flying alone would have cost it. */
export function Costs({ day }: Props) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const names = useNames();
  const { from, until } = monthOf(day);
  const query = `?from=${from}&until=${until}`;
  const { value, problem } = useAnswer<Statement[]>(`/statements${query}`, world.scheduleChanges);
  return (
    <div className="scroll">
      <p className="day-note">
        {t("day.costs.period", { from, until })}{" "}
        <a href={`/api/statements.csv${query}`} download={`statement-${from}-${until}.csv`}>
          {t("day.costs.csv")}
        </a>
      </p>
      <Refusal problem={problem} />
      {value === undefined && problem === null && <p className="empty">{t("app.loading")}</p>}
      {value != null && (
        <table className="day-table">
          <thead>
            <tr>
              <th>{t("day.due.department")}</th>
              <th className="num">{t("day.costs.flights")}</th>
              <th className="num">{t("day.costs.passes")}</th>
              <th className="num">{t("day.costs.minutes")}</th>
              <th className="num">{t("day.costs.cost")}</th>
              <th className="num">{t("day.costs.alone")}</th>
              <th className="num">{t("day.costs.saved")}</th>
            </tr>
          </thead>
          <tbody>
            {value.map((one) => (
              <tr key={one.department_id}>
                <td>{names.department(one.department_id)}</td>
                <td className="num">{one.flights}</td>
                <td className="num">{one.passes}</td>
                <Amounts sums={one} error_yuan={one.share_error_yuan} />
              </tr>
            ))}
          </tbody>
          {value.length > 1 && (
            <tfoot>
              <tr>
                <td>{t("day.costs.total")}</td>
                <td />
                <td />
                <Amounts sums={totalOf(value)} error_yuan={0} />
              </tr>
            </tfoot>
          )}
        </table>
      )}
    </div>
  );
}

function totalOf(statements: Statement[]): Sums {
  const sum = (key: (typeof ADDED)[number]): number => statements.reduce((whole, one) => whole + one[key], 0);
  return Object.fromEntries(ADDED.map((key) => [key, sum(key)])) as Sums;
}

function Amounts({ sums, error_yuan }: { sums: Sums; error_yuan: number }) {
  const { locale } = useLanguage();
  const number = (value: number, digits: number): string =>
    value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const share = sums.alone_cost_yuan > 0 ? ` (${Math.round((sums.saved_yuan / sums.alone_cost_yuan) * 100)} %)` : "";
  return (
    <>
      <td className="num">{number(sums.minutes, 0)}</td>
      <td className="num">
        {number(sums.cost_yuan, 2)}
        {error_yuan > 0 && <small> ± {number(error_yuan, 2)}</small>}
      </td>
      <td className="num quiet">{number(sums.alone_cost_yuan, 2)}</td>
      <td className={sums.saved_yuan < 0 ? "num notable" : "num good"}>
        {number(sums.saved_yuan, 2)}
        <small>{share}</small>
      </td>
    </>
  );
}
