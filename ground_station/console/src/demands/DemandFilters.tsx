import { ORIGINS, STATES, type Demand } from "../api/demands";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { CategorySelect } from "../ui/CategorySelect";
import type { DemandFilter } from "./filter";

interface Props {
  filter: DemandFilter;
  onChange: (filter: DemandFilter) => void;
  demands: Demand[];
}

/** By state with the number of each, department, category, origin and words. */
export function DemandFilters({ filter, onChange, demands }: Props) {
  const { t, nameOf } = useLanguage();
  const { district } = useWorld().world;
  const count = (state: string): number => demands.filter((one) => one.state === state).length;
  return (
    <div className="day-filter demand-filter" role="group" aria-label={t("demands.filter")}>
      {STATES.filter((state) => count(state) > 0).map((state) => (
        <button
          type="button"
          key={state}
          className={`tiny state-${state}`}
          aria-pressed={filter.state === state}
          onClick={() => onChange({ ...filter, state: filter.state === state ? "" : state })}
        >
          {t(`demands.state.${state}`)} <span className="num">{count(state)}</span>
        </button>
      ))}
      <select
        aria-label={t("orders.filter.department")}
        value={filter.department}
        onChange={(event) => onChange({ ...filter, department: event.target.value })}
      >
        <option value="">{t("orders.every_department")}</option>
        {district.departments.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </select>
      <CategorySelect value={filter.category} onChange={(category) => onChange({ ...filter, category })} />
      <select
        aria-label={t("demands.origin")}
        value={filter.origin}
        onChange={(event) => onChange({ ...filter, origin: event.target.value })}
      >
        <option value="">{t("demands.every_origin")}</option>
        {ORIGINS.map((one) => (
          <option key={one} value={one}>
            {t(`demands.origin.${one}`)}
          </option>
        ))}
      </select>
      <input
        type="search"
        placeholder={t("demands.search")}
        aria-label={t("demands.search")}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.target.value })}
      />
    </div>
  );
}
