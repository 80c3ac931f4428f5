import { useEffect } from "react";
import type { WorkOrder } from "../api/types";
import { momentText, percentText, pointText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { Refusal } from "../ui/Refusal";
import { ActionForm } from "./ActionForm";
import { dueText, urgencyOf } from "./due";
import { Evidence } from "./Evidence";
import { FindingList } from "./FindingList";
import { namesOf } from "./naming";
import { ProofBadge } from "./ProofBadge";
import { StepList } from "./StepList";
import { useFindings } from "./useFindings";

interface Props {
  order: WorkOrder;
  onClose: () => void;
}

/** Everything about one work order: proof, place, origin, history, and what may be done now. */
export function WorkOrderDrawer({ order, onClose }: Props) {
  const localisation = useLanguage();
  const { t, nameOf } = localisation;
  const { world } = useWorld();
  const now_ms = useNow();
  const { incident } = order;
  const { findings, problem } = useFindings(incident);
  const names = namesOf(world.district, { ...incident, ...order });
  const what = nameOf(names.detectorClass);
  const urgency = urgencyOf(order, now_ms);
  const ellipse = {
    major: incident.ellipse.semi_major_m.toFixed(1),
    minor: incident.ellipse.semi_minor_m.toFixed(1),
    orientation: incident.ellipse.orientation_deg.toFixed(0),
  };
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape" && document.querySelector("dialog[open]") === null) onClose();
    };
    window.addEventListener("keydown", closeOnEscape);
    return () => window.removeEventListener("keydown", closeOnEscape);
  }, [onClose]);
  return (
    <aside className="drawer" aria-label={what} data-testid="drawer">
      <header className="panel-head">
        <h2>
          {what} <span className="quiet">{nameOf(names.category)}</span>
        </h2>
        <button type="button" className="small" autoFocus onClick={onClose}>
          {t("close")}
        </button>
      </header>
      <div className="scroll drawer-body">
        <Evidence sha256={incident.evidence_sha256} what={what} className="evidence" />
        <ProofBadge sha256={incident.evidence_sha256} explained />
        <p className="order-line">
          <span className={`chip phase-${order.phase}`}>{t(`phase.${order.phase}`)}</span>
          <span className={`due ${urgency}`}>{dueText(localisation, order, now_ms)}</span>
        </p>
        <ActionForm order={order} />
        <dl className="facts">
          <dt>{t("order.department")}</dt>
          <dd>{nameOf(names.department)}</dd>
          <dt>{t("order.place")}</dt>
          <dd>
            {names.subDistrict === undefined ? t("order.outside") : nameOf(names.subDistrict)}
            <span className="num"> {pointText(incident.position)}</span>
          </dd>
          <dt>{t("order.ellipse")}</dt>
          <dd className="num">{t("order.ellipse.value", ellipse)}</dd>
          <dt>{t("order.confidence")}</dt>
          <dd className="num">{percentText(incident.confidence)}</dd>
          <dt>{t("order.opened")}</dt>
          <dd className="num">{momentText(localisation, order.opened_at)}</dd>
          <dt>{t("order.due")}</dt>
          <dd className="num">{momentText(localisation, order.due_at)}</dd>
          <dt>{t("order.id")}</dt>
          <dd className="num id">{order.id}</dd>
        </dl>
        <StepList steps={order.steps} />
        <Refusal problem={problem} />
        {findings !== null && <FindingList findings={findings} />}
      </div>
    </aside>
  );
}
