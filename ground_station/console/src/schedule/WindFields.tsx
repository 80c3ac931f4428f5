import { useLanguage } from "../i18n/language";

interface Written {
  mps: string;
  from_deg: string;
}

interface Props {
  wind: Written;
  onChange: (wind: Written) => void;
}

/** How hard it blows, and where from where that is known. */
export function WindFields({ wind, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <fieldset>
      <legend>{t("happened.wind")}</legend>
      <div className="row">
        <label>
          {t("happened.wind.speed")}
          <input inputMode="decimal" value={wind.mps} onChange={(event) => onChange({ ...wind, mps: event.target.value })} />
        </label>
        <label>
          {t("happened.wind.from")}
          <input
            inputMode="decimal"
            value={wind.from_deg}
            placeholder={t("happened.wind.unknown")}
            onChange={(event) => onChange({ ...wind, from_deg: event.target.value })}
          />
        </label>
      </div>
    </fieldset>
  );
}

/** The wind that is written, where it is one. */
export function windOf({ mps, from_deg }: Written): { wind_mps: number; wind_from_deg: number | null } | null {
  const wind_mps = Number(mps);
  const wind_from_deg = from_deg.trim() === "" ? null : Number(from_deg);
  const known = wind_from_deg === null || (wind_from_deg >= 0 && wind_from_deg <= 360);
  return mps.trim() !== "" && wind_mps >= 0 && wind_mps <= 60 && known ? { wind_mps, wind_from_deg } : null;
}
