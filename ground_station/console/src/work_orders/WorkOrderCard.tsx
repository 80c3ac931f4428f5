import { memo } from "react";
import type { WorkOrder } from "../api/types";
import { percentText, pointText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { dueText, urgencyOf } from "./due";
import { Evidence } from "./Evidence";
import { namesOf } from "./naming";

interface Props {
  order: WorkOrder;
  now_ms: number;
  selected: boolean;
  onSelect: (id: string) => void;
}

/** A work order in the list. */
export const WorkOrderCard = memo(function WorkOrderCard({ order, now_ms, selected, onSelect }: Props) {
  const localisation = useLanguage();
  const { t, nameOf } = localisation;
  const { world } = useWorld();
  const names = namesOf(world.district, { ...order.incident, ...order });
  const what = nameOf(names.detectorClass);
  const urgency = urgencyOf(order, now_ms);
  return (
    <button
      type="button"
      className={`order ${urgency}${selected ? " selected" : ""}`}
      data-order={order.id}
      aria-label={t("order.show", { what })}
      aria-pressed={selected}
      onClick={() => onSelect(order.id)}
    >
      <Evidence sha256={order.incident.evidence_sha256} what={what} className="thumbnail" />
      <span className="order-text">
        <span className="order-title">
          <strong>{what}</strong>
          <span className="num quiet" title={t("order.confidence")}>
            {percentText(order.incident.confidence)}
          </span>
        </span>
        <span className="order-line">
          <span className="swatch" style={{ background: names.category?.color }} aria-hidden="true" />
          <span className="one-line">
            {nameOf(names.category)} · {nameOf(names.department)}
          </span>
        </span>
        <span className="order-line quiet">
          <span className="one-line">{names.subDistrict === undefined ? t("order.outside") : nameOf(names.subDistrict)}</span>
          <span className="num coordinates">{pointText(order.incident.position)}</span>
        </span>
        <span className="order-line">
          <span className={`chip phase-${order.phase}`}>{t(`phase.${order.phase}`)}</span>
          <span className={`due ${urgency}`}>{dueText(localisation, order, now_ms)}</span>
        </span>
      </span>
    </button>
  );
});
