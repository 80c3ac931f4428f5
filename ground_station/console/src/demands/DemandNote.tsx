import { useState } from "react";
import { post, remove } from "../api/client";
import type { Demand } from "../api/demands";
import { useLanguage } from "../i18n/language";
import { useNames } from "../schedule/useNames";
import { mayPlan, mayPropose, useWorld } from "../state/StationContext";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import { whenText } from "./words";

interface Props {
  demand: Demand;
  onEdit: () => void;
  onClose: () => void;
}

/** One demand in full, and what may be done with it. */
export function DemandNote({ demand, onEdit, onClose }: Props) {
  const localisation = useLanguage();
  const { t, nameOf } = localisation;
  const { world, role } = useWorld();
  const names = useNames();
  const [withdrawing, setWithdrawing] = useState(false);
  const asking = useRequest();
  const path = `/demands/${encodeURIComponent(demand.id)}`;
  const standing = demand.origin === "catalogue";
  const category = world.district.categories.find((one) => one.key === demand.category);
  return (
    <section className="urgent demand-note scroll" aria-label={demand.id}>
      <h3>
        {nameOf(category)} <small>{demand.id}</small>
      </h3>
      <dl className="demand-facts">
        <dt>{t("day.due.department")}</dt>
        <dd>{names.department(demand.department_id)}</dd>
        <dt>{t("demands.when")}</dt>
        <dd>{whenText(localisation, demand)}</dd>
        <dt>{t("demands.sample")}</dt>
        <dd className="num">{(demand.max_sample_m * 100).toFixed(1)}</dd>
        <dt>{t("demands.view")}</dt>
        <dd className="num">
          {demand.steepest_deg}° … {demand.flattest_deg}°{demand.thermal && ` · ${t("demands.thermal")}`}
        </dd>
        <dt>{t("demands.origin")}</dt>
        <dd>
          {t(`demands.origin.${demand.origin}`)}
          {demand.registered_by !== null && ` · ${demand.registered_by}`}
        </dd>
        {demand.note !== "" && <dt>{t("demands.note")}</dt>}
        {demand.note !== "" && <dd>{demand.note}</dd>}
      </dl>
      <div className="row">
        {(standing ? mayPlan(role) : mayPropose(role)) && (
          <button type="button" className="primary" onClick={onEdit}>
            {t("demands.edit")}
          </button>
        )}
        {demand.state === "proposed" && mayPlan(role) && (
          <button
            type="button"
            className="primary"
            disabled={asking.busy}
            onClick={() => asking.run(async () => void (await post(`${path}/accept`)))}
          >
            {t("demands.accept")}
          </button>
        )}
        {!standing && mayPropose(role) && (
          <button type="button" className="danger" disabled={asking.busy} onClick={() => setWithdrawing(true)}>
            {t("demands.withdraw")}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {t("close")}
        </button>
      </div>
      <Refusal problem={asking.problem} />
      {withdrawing && (
        <ConfirmDialog
          title={t("demands.withdraw.title", { id: demand.id })}
          text={t("demands.withdraw.text")}
          verb={t("demands.withdraw")}
          onConfirm={() =>
            asking.run(async () => {
              await remove(path);
              onClose();
            })
          }
          onClose={() => setWithdrawing(false)}
        />
      )}
    </section>
  );
}
