import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { chooseOrders, EVERYTHING_OPEN } from "./filter";
import { FilterBar } from "./FilterBar";
import { ReviewList } from "./ReviewList";
import { WorkOrderCard } from "./WorkOrderCard";

interface Props {
  selected: string | null;
  onSelect: (orderId: string) => void;
  selectedIncident: string | null;
  onSelectIncident: (incidentId: string) => void;
}

/** The due times need no second-by-second count, so the list is drawn anew at this pace only. */
const PACE_MS = 10_000;

/** Work orders, and what waits for a person's judgement. */
export function WorkOrderPanel({ selected, onSelect, selectedIncident, onSelectIncident }: Props) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const now_ms = Math.floor(useNow() / PACE_MS) * PACE_MS;
  const [tab, setTab] = useState<"orders" | "review">("orders");
  const [filter, setFilter] = useState(EVERYTHING_OPEN);
  const orders = chooseOrders(Object.values(world.workOrders), filter, now_ms);
  const waiting = Object.values(world.incidents).filter((incident) => incident.state === "awaiting_review");
  return (
    <section className="panel" aria-label={t("orders.title")}>
      <div className="tabs" role="tablist">
        <button type="button" role="tab" aria-selected={tab === "orders"} onClick={() => setTab("orders")}>
          {t("orders.tab", { count: orders.length })}
        </button>
        <button type="button" role="tab" aria-selected={tab === "review"} onClick={() => setTab("review")}>
          {t("review.tab", { count: waiting.length })}
        </button>
      </div>
      {tab === "review" ? (
        <ReviewList incidents={waiting} selected={selectedIncident} onSelect={onSelectIncident} />
      ) : (
        <>
          <FilterBar filter={filter} onChange={setFilter} />
          <ul className="cards scroll" role="tabpanel">
            {orders.length === 0 && <li className="empty">{t("orders.empty")}</li>}
            {orders.map((order) => (
              <li key={order.id}>
                <WorkOrderCard order={order} now_ms={now_ms} selected={order.id === selected} onSelect={onSelect} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
