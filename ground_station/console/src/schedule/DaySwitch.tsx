import { useLanguage } from "../i18n/language";

/** Today, tomorrow, or a day as YYYY-MM-DD. */
export type DayChoice = "today" | "tomorrow" | (string & {});

const NEAR = ["today", "tomorrow"] as const;

interface Props {
  choice: DayChoice;
  day: string;
  onChoose: (choice: DayChoice) => void;
}

/** Which day is shown. */
export function DaySwitch({ choice, day, onChoose }: Props) {
  const { t } = useLanguage();
  return (
    <div className="day-switch" role="group" aria-label={t("day.which")}>
      <div className="segments">
        {NEAR.map((one) => (
          <button type="button" key={one} aria-pressed={choice === one} onClick={() => onChoose(one)}>
            {t(`day.${one}`)}
          </button>
        ))}
      </div>
      <input
        type="date"
        aria-label={t("day.other")}
        value={day}
        onChange={(event) => event.target.value !== "" && onChoose(event.target.value)}
      />
    </div>
  );
}
