import { useLanguage } from "../i18n/language";
import { dayClock, dayMoment } from "./day";
import type { LeftOver } from "./leftOver";
import { RouteLink } from "./RouteLink";
import { useNames } from "./useNames";
import type { OnMap } from "./useOnMap";
import { Why } from "./Why";

interface Props {
  one: LeftOver;
  onMap: OnMap;
}

/** One thing that is not flown with the others; its route is shown on the map at a click. */
export function LeftOverRow({ one, onMap }: Props) {
  const { t, locale } = useLanguage();
  const names = useNames();
  const departments = one.departments.map(names.department).join(t("list.separator"));
  return (
    <tr className={one.routeId !== null && onMap.route === one.routeId ? "selected" : ""}>
      <td className="one-line">{one.routeId === null ? names.demand(one.id) : <RouteLink id={one.routeId} onMap={onMap} />}</td>
      <td className="one-line" title={departments}>
        {departments}
      </td>
      <td>
        <Why code={one.code} text={one.text} />
      </td>
      <td className="num">{one.flown_at !== null ? dayClock(one.flown_at) : momentOf(one.expires_at)}</td>
    </tr>
  );

  function momentOf(at: string | null): string {
    return at === null ? t("unknown") : dayMoment(at, locale);
  }
}
