import { useMemo, useState } from "react";
import type { GeoPoint, Route } from "../api/types";
import { distanceText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { distanceM, routeAnchor } from "../map/geo";
import { useWorld } from "../state/StationContext";
import { CategorySelect } from "../ui/CategorySelect";

interface Props {
  chosen: string[];
  onChoose: (routeIds: string[]) => void;
  /** Nearest routes first, as seen from here. */
  near: GeoPoint | undefined;
}

interface Row {
  route: Route;
  distance_m: number;
}

/** All routes, nearest to the dock first, to be found by name, number or category and ticked. */
export function RoutePicker({ chosen, onChoose, near }: Props) {
  const { t, nameOf } = useLanguage();
  const { world } = useWorld();
  const [search, setSearch] = useState("");
  const [category, setCategory] = useState("");
  const rows = useMemo(() => byDistance(world.routes, near), [world.routes, near]);
  const wanted = search.trim().toLowerCase();
  const shown = rows.filter(
    ({ route }) =>
      (category === "" || route.categories.includes(category)) &&
      (wanted === "" || route.name.toLowerCase().includes(wanted) || route.id.toLowerCase().includes(wanted)),
  );
  const categories = new Map(world.district.categories.map((one) => [one.key, one]));
  return (
    <fieldset className="picker">
      <legend>{t("plan.routes")}</legend>
      <div className="row">
        <input
          type="search"
          placeholder={t("plan.search")}
          aria-label={t("plan.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <CategorySelect value={category} onChange={setCategory} />
      </div>
      <p className="quiet">{t("plan.shown", { shown: shown.length, total: rows.length })}</p>
      <ul className="scroll">
        {shown.map(({ route, distance_m }) => (
          <li key={route.id}>
            <label className="pick">
              <input
                type="checkbox"
                checked={chosen.includes(route.id)}
                onChange={(event) =>
                  onChoose(event.target.checked ? [...chosen, route.id] : chosen.filter((id) => id !== route.id))
                }
              />
              <span
                className="swatch"
                style={{ background: categories.get(route.categories[0] ?? "")?.color }}
                aria-hidden="true"
              />
              <span className="pick-name">
                {route.name}
                <small>{route.categories.map((key) => nameOf(categories.get(key))).join(t("list.separator"))}</small>
              </span>
              <small className="num">{Number.isFinite(distance_m) ? distanceText(distance_m) : ""}</small>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function byDistance(routes: Route[], near: GeoPoint | undefined): Row[] {
  return routes
    .map((route) => {
      const anchor = routeAnchor(route.geometry);
      return { route, distance_m: near === undefined || anchor === undefined ? Infinity : distanceM(near, anchor) };
    })
    .sort((one, other) => one.distance_m - other.distance_m || one.route.id.localeCompare(other.route.id));
}
