import { useMemo } from "react";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { SWITCHED_LAYERS, type Switch } from "./style";

interface Props {
  hiddenCategories: ReadonlySet<string>;
  onHideCategories: (hidden: ReadonlySet<string>) => void;
  hiddenLayers: ReadonlySet<Switch>;
  onHideLayers: (hidden: ReadonlySet<Switch>) => void;
}

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** What the colours and signs mean; each can be hidden. */
export function Legend({ hiddenCategories, onHideCategories, hiddenLayers, onHideLayers }: Props) {
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  const { categories } = world.district;
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const key of world.routes.flatMap((route) => route.categories)) found.set(key, (found.get(key) ?? 0) + 1);
    return found;
  }, [world.routes]);
  return (
    <details className="legend">
      <summary>{t("map.legend")}</summary>
      <fieldset>
        {(Object.keys(SWITCHED_LAYERS) as Switch[]).map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={!hiddenLayers.has(name)}
              onChange={() => onHideLayers(toggled(hiddenLayers, name))}
            />
            <span className={`sign sign-${name}`} aria-hidden="true" />
            {t(`map.layer.${name}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t("map.layer.routes")}</legend>
        <div className="row">
          <button type="button" className="tiny" onClick={() => onHideCategories(new Set())}>
            {t("map.all")}
          </button>
          <button type="button" className="tiny" onClick={() => onHideCategories(new Set(categories.map((one) => one.key)))}>
            {t("map.none")}
          </button>
        </div>
        {categories.map((category) => (
          <label key={category.key}>
            <input
              type="checkbox"
              checked={!hiddenCategories.has(category.key)}
              onChange={() => onHideCategories(toggled(hiddenCategories, category.key))}
            />
            <span className="swatch" style={{ background: category.color }} aria-hidden="true" />
            {nameOf(category)} <span className="num quiet">{counts.get(category.key) ?? 0}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
