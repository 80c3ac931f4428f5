import { useMemo } from "react";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { isUrgent } from "./chart";

export interface Names {
  route: (id: string) => string;
  drone: (id: string) => string;
  dock: (id: string) => string;
  department: (id: string) => string;
  /** A standing demand is named `route:category`, any other by its id. */
  demand: (id: string) => string;
}

/** The names of what a schedule knows by id; the id itself where the catalogue does not have it. */
export function useNames(): Names {
  const { t, nameOf } = useLanguage();
  const { district, routes } = useWorld().world;
  return useMemo(() => {
    const byRoute = new Map(routes.map((one) => [one.id, one.name]));
    const byDrone = new Map(district.drones.map((one) => [one.id, one.name]));
    const byDock = new Map(district.docks.map((one) => [one.id, one.name]));
    const byDepartment = new Map(district.departments.map((one) => [one.id, nameOf(one)]));
    const byCategory = new Map(district.categories.map((one) => [one.key, nameOf(one)]));
    return {
      route: (id) => byRoute.get(id) ?? (isUrgent(id) ? t("day.urgent_route") : id),
      demand: (id) => {
        const [routeId = "", key = ""] = id.split(":");
        const parts = [byRoute.get(routeId), byCategory.get(key)];
        return parts.includes(undefined) ? id : parts.join(" · ");
      },
      drone: (id) => byDrone.get(id) ?? id,
      dock: (id) => byDock.get(id) ?? id,
      department: (id) => byDepartment.get(id) ?? id,
    };
  }, [district, routes, t, nameOf]);
}
