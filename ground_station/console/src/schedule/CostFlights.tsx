import type { FlightStatement } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { Refusal } from "../ui/Refusal";
import { dayMoment } from "./day";
import { useAnswer } from "./useAnswer";
import { useNames } from "./useNames";

interface Props {
  query: string;
  department: string;
}

/** The flights that served a department, with what it bears of each. */
export function CostFlights({ query, department }: Props) {
  const { t, locale } = useLanguage();
  const names = useNames();
  const { world } = useWorld();
  const { value, problem } = useAnswer<FlightStatement[]>(`/statements/flights${query}`, world.scheduleChanges);
  const amount = (one: number): string =>
    one.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const rows = (value ?? []).flatMap((flight) => {
    const share = flight.shares.find((one) => one.department_id === department);
    return share === undefined ? [] : [{ flight, share }];
  });
  if (value === undefined && problem === null) return <p className="empty">{t("app.loading")}</p>;
  return (
    <>
      <Refusal problem={problem} />
      <table className="day-table">
        <thead>
          <tr>
            <th>{t("costs.flight")}</th>
            <th>{t("costs.takeoff")}</th>
            <th>{t("costs.drone")}</th>
            <th className="num">{t("day.costs.passes")}</th>
            <th className="num">
              {t("costs.whole")} · {t("day.costs.minutes")}
            </th>
            <th className="num">
              {t("costs.whole")} · {t("day.costs.cost")}
            </th>
            <th className="num">
              {t("costs.share")} · {t("day.costs.minutes")}
            </th>
            <th className="num">
              {t("costs.share")} · {t("day.costs.cost")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ flight, share }) => (
            <tr key={`${flight.day} ${flight.flight_id}`}>
              <td>{flight.flight_id}</td>
              <td className="num">{dayMoment(flight.takes_off_at, locale)}</td>
              <td>{names.drone(flight.drone_id)}</td>
              <td className="num">{share.passes}</td>
              <td className="num quiet">{amount(flight.minutes)}</td>
              <td className="num quiet">{amount(flight.cost_yuan)}</td>
              <td className="num">{amount(share.minutes)}</td>
              <td className="num">
                {amount(share.cost_yuan)}
                {share.share_error_yuan > 0 && <small> ± {amount(share.share_error_yuan)}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
