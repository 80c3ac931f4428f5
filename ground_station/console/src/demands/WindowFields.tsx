import type { TimeWindow } from "../api/demands";
import { useLanguage } from "../i18n/language";
import { weekdayNames } from "./words";

interface Props {
  windows: TimeWindow[];
  onChange: (windows: TimeWindow[]) => void;
}

const NEW: TimeWindow = { begins: "09:00:00", ends: "11:00:00", weekdays: [] };

/** Hours of the day, each on some weekdays or on all; none: at any time. */
export function WindowFields({ windows, onChange }: Props) {
  const { t, locale } = useLanguage();
  const names = weekdayNames(locale);
  const put = (index: number, change: Partial<TimeWindow>): void =>
    onChange(windows.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <fieldset className="windows">
      <legend>{t("demands.windows")}</legend>
      {windows.length === 0 && <small>{t("demands.windows.none")}</small>}
      {windows.map((window, index) => (
        <div key={index} className="window">
          <div className="row">
            <input
              type="time"
              aria-label={t("demands.windows.from")}
              value={window.begins.slice(0, 5)}
              onChange={(event) => put(index, { begins: `${event.target.value}:00` })}
            />
            <input
              type="time"
              aria-label={t("demands.windows.until")}
              value={window.ends.slice(0, 5)}
              onChange={(event) => put(index, { ends: `${event.target.value}:00` })}
            />
            <button
              type="button"
              className="tiny"
              aria-label={t("demands.windows.remove")}
              onClick={() => onChange(windows.filter((_, at) => at !== index))}
            >
              ×
            </button>
          </div>
          <div className="weekdays">
            {names.map((name, day) => (
              <button
                type="button"
                key={name}
                className="tiny"
                aria-pressed={window.weekdays.includes(day)}
                onClick={() =>
                  put(index, {
                    weekdays: window.weekdays.includes(day)
                      ? window.weekdays.filter((one) => one !== day)
                      : [...window.weekdays, day],
                  })
                }
              >
                {name}
              </button>
            ))}
          </div>
        </div>
      ))}
      <button type="button" className="tiny" onClick={() => onChange([...windows, NEW])}>
        {t("demands.windows.add")}
      </button>
    </fieldset>
  );
}
