import { useMemo, useState } from "react";
import { REASON_CODES, type ReasonCode, type Schedule } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { LeftOverRow } from "./LeftOverRow";
import { notFlown, splitOff } from "./leftOver";
import type { OnMap } from "./useOnMap";

interface Props {
  schedule: Schedule;
  onMap: OnMap;
}

/** What does not fly on the day, why, and until when it waits; what flies apart from the others of its ground by a filter. */
export function NotToday({ schedule, onMap }: Props) {
  const { t } = useLanguage();
  const [only, setOnly] = useState<ReasonCode | null>(null);
  const left = useMemo(() => notFlown(schedule), [schedule]);
  const all = useMemo(() => [...left, ...splitOff(schedule)], [left, schedule]);
  const count = (code: ReasonCode): number => all.filter((one) => one.code === code).length;
  const rows = only === null ? left : all.filter((one) => one.code === only);
  return (
    <>
      <div className="day-filter" role="group" aria-label={t("day.left.reason")}>
        {REASON_CODES.filter((code) => count(code) > 0).map((code) => (
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
      {rows.length === 0 ? (
        <p className="empty">{t("day.left.none")}</p>
      ) : (
        <div className="scroll">
          <table className="day-table left-over">
            <thead>
              <tr>
                <th>{t("day.left.route")}</th>
                <th>{t("day.due.department")}</th>
                <th>{t("day.left.reason")}</th>
                <th className="num">{t(only === "split" ? "day.left.flown" : "day.left.until")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <LeftOverRow key={`${one.code} ${one.id}`} one={one} onMap={onMap} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
