import { useEffect, useMemo, useState } from "react";
import type { Demand } from "../api/demands";
import { useLanguage } from "../i18n/language";
import { useAnswer } from "../schedule/useAnswer";
import { useNames } from "../schedule/useNames";
import type { OnMap } from "../schedule/useOnMap";
import { mayPropose, useWorld } from "../state/StationContext";
import { Refusal } from "../ui/Refusal";
import { DemandFilters } from "./DemandFilters";
import { DemandForm } from "./DemandForm";
import { DemandNote } from "./DemandNote";
import { DemandTable } from "./DemandTable";
import { draftOf, newDraft } from "./draft";
import { EVERY, filtered, type DemandFilter } from "./filter";
import { StandingForm } from "./StandingForm";

type Doing = "looking" | "editing" | "registering";

interface Props {
  onMap: OnMap;
  onClose: () => void;
}

/** The demand register: who wants what looked at, how often, how well; and how each stands. */
export function DemandRegister({ onMap, onClose }: Props) {
  const { t } = useLanguage();
  const { world, role } = useWorld();
  const names = useNames();
  const { value, problem } = useAnswer<Demand[]>("/demands", world.demandChanges);
  const [filter, setFilter] = useState<DemandFilter>(EVERY);
  const [selected, setSelected] = useState<string | null>(null);
  const [doing, setDoing] = useState<Doing>("looking");
  const demands = useMemo(() => value ?? [], [value]);
  const shown = useMemo(
    () => filtered(demands, filter, (one) => `${one.note} ${names.route(one.route_id ?? "")}`),
    [demands, filter, names],
  );
  const demand = demands.find((one) => one.id === selected);
  const { clear, putSketch } = onMap;
  useEffect(() => clear, [clear]);
  useEffect(() => {
    if (doing === "looking") putSketch(demand?.geometry ?? null);
    // Forms draw their own ground.
  }, [doing, demand, putSketch]);

  function look(id: string | null): void {
    setSelected(id);
    setDoing("looking");
  }

  return (
    <section className="panel day-plan" aria-label={t("demands.title")} data-testid="demands">
      <header className="panel-head day-head">
        <h2>{t("demands.title")}</h2>
        <small>{t("demands.count", { shown: shown.length, total: demands.length })}</small>
        {mayPropose(role) && (
          <button type="button" className="small primary" onClick={() => setDoing("registering")}>
            {t("demands.new")}
          </button>
        )}
        <span className="spacer" />
        <button type="button" className="small" onClick={onClose}>
          {t("close")}
        </button>
      </header>
      <DemandFilters filter={filter} onChange={setFilter} demands={demands} />
      <Refusal problem={problem} />
      <div className="day-body">
        <div className="day-main">
          {value === undefined && problem === null ? (
            <p className="empty">{t("app.loading")}</p>
          ) : (
            <DemandTable demands={shown} selected={selected} onSelect={look} />
          )}
        </div>
        {doing === "registering" && (
          <DemandForm
            start={newDraft(world.district.categories[0], "hotline")}
            onMap={onMap}
            onDone={look}
            onClose={() => setDoing("looking")}
          />
        )}
        {doing === "editing" && demand !== undefined && demand.origin !== "catalogue" && (
          <DemandForm key={demand.id} start={draftOf(demand)} onMap={onMap} onDone={look} onClose={() => setDoing("looking")} />
        )}
        {doing === "editing" && demand?.origin === "catalogue" && (
          <StandingForm key={demand.id} demand={demand} onDone={look} onClose={() => setDoing("looking")} />
        )}
        {doing === "looking" && demand !== undefined && (
          <DemandNote key={demand.id} demand={demand} onEdit={() => setDoing("editing")} onClose={() => look(null)} />
        )}
      </div>
    </section>
  );
}
