import { useState } from "react";
import { evidenceUrl } from "../api/client";
import { useLanguage } from "../i18n/language";

interface Props {
  sha256: string | null;
  what: string;
  className: string;
}

/** A picture of evidence; one that is not there, or not there yet, says so. */
export function Evidence({ sha256, what, className }: Props) {
  const { t } = useLanguage();
  const [missing, setMissing] = useState<string | null>(null);
  if (sha256 === null || missing === sha256) return <span className={`${className} no-picture`}>{t("order.no_evidence")}</span>;
  return (
    <img
      className={className}
      src={evidenceUrl(sha256)}
      alt={t("order.evidence", { what })}
      loading="lazy"
      onError={() => setMissing(sha256)}
    />
  );
}
