import type { Unserved } from "../api/schedule";
import { useLanguage } from "../i18n/language";

/** Why a pass is not flown: in the reader's language by its code, and the ground station's own words as the detail. */
export function Why({ unserved }: { unserved: Unserved }) {
  const { t, language } = useLanguage();
  const { code, text } = unserved;
  return (
    <span className="why" title={text}>
      {t(`day.code.${code}`)} <small>{language === "en" ? text : t(`day.why.${code}`)}</small>
    </span>
  );
}
