import type { DemandFields } from "../api/demands";
import type { Problem } from "../api/client";
import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n/language";
import { Refusal } from "../ui/Refusal";
import { nearestText } from "./words";

interface Props {
  problem: Problem | null;
  onUse: (nearest: Partial<DemandFields>) => void;
}

/** Why a demand cannot be served; each reason with the nearest that could be, to be taken at a click. */
export function Impossible({ problem, onUse }: Props) {
  const localisation = useLanguage();
  const { t } = localisation;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => void box.current?.scrollIntoView({ block: "nearest" }), [problem]);
  if (problem === null || problem.reasons.length === 0) return <Refusal problem={problem} />;
  return (
    <div className="refusal" role="alert" ref={box}>
      <strong>{t("demands.impossible")}</strong>
      <ul>
        {problem.reasons.map((reason) => (
          <li key={`${reason.where} ${reason.cause}`}>
            {reason.cause}
            {reason.nearest != null && (
              <p className="nearest">
                {t("demands.nearest", { what: nearestText(localisation, reason.nearest) })}{" "}
                <button type="button" className="tiny" onClick={() => onUse(reason.nearest as Partial<DemandFields>)}>
                  {t("demands.nearest.use")}
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
