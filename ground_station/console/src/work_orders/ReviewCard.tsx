import { useState } from "react";
import { post } from "../api/client";
import type { Incident } from "../api/types";
import { momentText, percentText, pointText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { mayReview, useWorld } from "../state/StationContext";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import { Evidence } from "./Evidence";
import { namesOf } from "./naming";
import { ProofBadge } from "./ProofBadge";

interface Props {
  incident: Incident;
  selected: boolean;
  onSelect: (incidentId: string) => void;
}

/** One incident for a person to judge: confirmed it becomes a work order, dismissed it does not. */
export function ReviewCard({ incident, selected, onSelect }: Props) {
  const localisation = useLanguage();
  const { t, nameOf } = localisation;
  const { world, role, change } = useWorld();
  const [reason, setReason] = useState("");
  const [dismissing, setDismissing] = useState(false);
  const asking = useRequest();
  const names = namesOf(world.district, incident);
  const what = nameOf(names.detectorClass);

  function judge(verdict: "confirm" | "dismiss"): void {
    asking.run(async () => {
      change({
        kind: "incident",
        incident: await post<Incident>(`/incidents/${incident.id}/review`, { verdict, reason }),
        before: incident,
      });
    });
  }

  return (
    <article className={`review${selected ? " selected" : ""}`} data-incident={incident.id} aria-label={what}>
      <button type="button" className="order" onClick={() => onSelect(incident.id)} aria-pressed={selected}>
        <Evidence sha256={incident.evidence_sha256} what={what} className="thumbnail" />
        <span className="order-text">
          <span className="order-title">
            <strong>{what}</strong>
            <span className="num">{percentText(incident.confidence)}</span>
          </span>
          <span className="order-line">
            <span className="swatch" style={{ background: names.category?.color }} aria-hidden="true" />
            <span className="one-line">
              {nameOf(names.category)} · {names.subDistrict === undefined ? t("order.outside") : nameOf(names.subDistrict)}
            </span>
          </span>
          <span className="order-line quiet num">{pointText(incident.position)}</span>
          <span className="order-line quiet">{momentText(localisation, incident.last_seen_at)}</span>
          <ProofBadge sha256={incident.evidence_sha256} explained />
          {incident.review_below !== null && (
            <span className="order-line quiet">
              {incident.review_below >= 1 ? t("review.always") : t("review.below", { bound: percentText(incident.review_below) })}
            </span>
          )}
          {incident.review_reason !== "" && <span className="order-line quiet">{incident.review_reason}</span>}
        </span>
      </button>
      {mayReview(role) && (
        <div className="row">
          <input
            placeholder={t("reason")}
            aria-label={t("reason")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <button type="button" className="primary" disabled={asking.busy} onClick={() => judge("confirm")}>
            {t("review.confirm")}
          </button>
          <button
            type="button"
            disabled={asking.busy || reason.trim() === ""}
            title={reason.trim() === "" ? t("reason.required") : ""}
            onClick={() => setDismissing(true)}
          >
            {t("review.dismiss")}
          </button>
        </div>
      )}
      <Refusal problem={asking.problem} />
      {dismissing && (
        <ConfirmDialog
          title={t("confirm.review_dismiss.title")}
          text={t("confirm.review_dismiss.text")}
          verb={t("review.dismiss")}
          onConfirm={() => judge("dismiss")}
          onClose={() => setDismissing(false)}
        />
      )}
    </article>
  );
}
