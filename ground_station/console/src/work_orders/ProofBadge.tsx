import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { useProof } from "./useProof";

interface Props {
  sha256: string | null;
  /** Whether a doubt is put into words beside the badge, too. */
  explained?: boolean;
}

/** Whether a picture is what an aircraft signed, and whether people or plates were masked in it; says nothing until it is known. */
export function ProofBadge({ sha256, explained = false }: Props) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const proof = useProof(sha256, world.aircraftKeys);
  if (proof === null) return null;
  const regions = proof.record?.mask.regions.length ?? 0;
  const key = proof.key === null ? "" : ` · ${t("proof.key", { key: proof.key.key_id.slice(0, 12) })}`;
  const why = proof.reasons.length > 0 ? proof.reasons.join("; ") : (proof.record?.mask.rule ?? "");
  return (
    <span className="proof">
      <span className={`chip proof-${proof.verdict}`} title={`${why}${key}`} data-proof={proof.verdict}>
        {t(`proof.${proof.verdict}`)}
      </span>
      {regions > 0 && (
        <span className="chip" title={proof.record?.mask.rule}>
          {t("proof.masked", { count: regions })}
        </span>
      )}
      {explained && proof.verdict !== "verified" && <span className="proof-means">{t(`proof.means.${proof.verdict}`)}</span>}
    </span>
  );
}
