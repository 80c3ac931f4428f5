import type { ReasonCode } from "../api/schedule";
import { useLanguage } from "../i18n/language";

/** Why something is not flown: in the reader's language by its code, and the ground station's own words as the detail. */
export function Why({ code, text }: { code: ReasonCode; text: string }) {
  const { t, language } = useLanguage();
  return (
    <span className="why" title={text}>
      {t(`day.code.${code}`)} <small>{language === "en" ? text : t(`day.why.${code}`)}</small>
    </span>
  );
}
