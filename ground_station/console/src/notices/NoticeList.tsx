import { useEffect, useState } from "react";
import { useLanguage } from "../i18n/language";
import type { OnMap } from "../schedule/useOnMap";
import { useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { NoticeRow } from "./NoticeRow";
import { isNew, waiting, type Reading } from "./reading";

interface Props {
  reading: Reading;
  onMap: OnMap;
  onClose: () => void;
}

/** What was planned or asked for and waits: why, since when and until when. What came since it was last read is marked. */
export function NoticeList({ reading, onMap, onClose }: Props) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const shown = waiting(world.notices, useNow());
  const [readBefore_ms] = useState(reading.until_ms);
  const latest_ms = Math.max(0, ...Object.values(world.notices).map((one) => Date.parse(one.made_at)));
  const { until_ms, read } = reading;
  useEffect(() => {
    if (latest_ms > until_ms) read(latest_ms);
  }, [latest_ms, until_ms, read]);
  const { clear } = onMap;
  useEffect(() => clear, [clear]);
  return (
    <section className="panel day-plan" aria-label={t("notices.title")} data-testid="notices">
      <header className="panel-head day-head">
        <h2>{t("notices.title")}</h2>
        <small>{t("notices.hint")}</small>
        <span className="spacer" />
        <button type="button" className="small" onClick={onClose}>
          {t("close")}
        </button>
      </header>
      {shown.length === 0 && <p className="empty">{t("notices.none")}</p>}
      {shown.length > 0 && (
        <div className="scroll">
          <table className="day-table left-over notices">
            <thead>
              <tr>
                <th>{t("notices.what")}</th>
                <th>{t("day.due.department")}</th>
                <th>{t("day.left.reason")}</th>
                <th className="num">{t("notices.day")}</th>
                <th className="num">{t("notices.since")}</th>
                <th className="num">{t("day.left.until")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <NoticeRow key={one.id} notice={one} fresh={isNew(one, readBefore_ms)} onMap={onMap} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
