import { useState } from "react";
import type { Statement } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { Refusal } from "../ui/Refusal";
import { CostFlights } from "./CostFlights";
import { CostTable } from "./CostTable";
import { monthOf } from "./day";
import { useAnswer } from "./useAnswer";

interface Props {
  day: string;
}

/** The month's statement: what every department bears of the flights, or one department's flights one by one. */
export function Costs({ day }: Props) {
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  const [month, setMonth] = useState(day.slice(0, 7));
  const [department, setDepartment] = useState("");
  const { from, until } = monthOf(`${month}-01`);
  const query = `?from=${from}&until=${until}`;
  const { value, problem } = useAnswer<Statement[]>(`/statements${query}`, world.scheduleChanges);
  const one = department === "" ? "" : `&department=${department}`;
  return (
    <div className="scroll statement">
      <div className="day-note statement-head">
        <label>
          {t("costs.month")}{" "}
          <input type="month" value={month} onChange={(event) => event.target.value !== "" && setMonth(event.target.value)} />
        </label>
        <select
          aria-label={t("day.due.department")}
          value={department}
          onChange={(event) => setDepartment(event.target.value)}
        >
          <option value="">{t("costs.every")}</option>
          {world.district.departments.map((each) => (
            <option key={each.id} value={each.id}>
              {nameOf(each)}
            </option>
          ))}
        </select>
        <a href={`/api/statements.csv${query}`} download>
          {t("day.costs.csv")}
        </a>
        <a href={`/api/statements/flights.csv${query}${one}`} download>
          {t("costs.csv.flights")}
        </a>
        <button type="button" className="tiny" onClick={() => window.print()}>
          {t("costs.print")}
        </button>
        <small>{t("day.costs.period", { from, until })} · {t("costs.plans")}</small>
      </div>
      <Refusal problem={problem} />
      {value === undefined && problem === null && <p className="empty">{t("app.loading")}</p>}
      {value?.length === 0 && <p className="empty">{t("costs.none")}</p>}
      {value != null && value.length > 0 && (
        <CostTable statements={value.filter((each) => department === "" || each.department_id === department)} />
      )}
      {department !== "" && <CostFlights query={query} department={department} />}
    </div>
  );
}
