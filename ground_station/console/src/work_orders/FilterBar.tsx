import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { CategorySelect } from "../ui/CategorySelect";
import type { OrderFilter, Which } from "./filter";

const WHICH: Which[] = ["open", "overdue", "closed", "all"];

interface Props {
  filter: OrderFilter;
  onChange: (filter: OrderFilter) => void;
}

/** Which work orders are listed. */
export function FilterBar({ filter, onChange }: Props) {
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  return (
    <div className="filter" role="group" aria-label={t("orders.filter")}>
      <div className="segments">
        {WHICH.map((which) => (
          <button
            type="button"
            key={which}
            aria-pressed={filter.which === which}
            onClick={() => onChange({ ...filter, which })}
          >
            {t(`orders.filter.${which}`)}
          </button>
        ))}
      </div>
      <div className="row">
        <select
          aria-label={t("orders.filter.department")}
          value={filter.department}
          onChange={(event) => onChange({ ...filter, department: event.target.value })}
        >
          <option value="">{t("orders.every_department")}</option>
          {world.district.departments.map((department) => (
            <option key={department.id} value={department.id}>
              {nameOf(department)}
            </option>
          ))}
        </select>
        <CategorySelect value={filter.category} onChange={(category) => onChange({ ...filter, category })} />
      </div>
    </div>
  );
}
