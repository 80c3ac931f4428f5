import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";

interface Props {
  value: string;
  onChange: (key: string) => void;
}

/** Chooses a category, or all of them (""). */
export function CategorySelect({ value, onChange }: Props) {
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  return (
    <select aria-label={t("orders.filter.category")} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t("orders.every_category")}</option>
      {world.district.categories.map((category) => (
        <option key={category.key} value={category.key}>
          {nameOf(category)}
        </option>
      ))}
    </select>
  );
}
