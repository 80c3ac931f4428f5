import type { Notice } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { dayMoment, dayText } from "../schedule/day";
import { RouteLink } from "../schedule/RouteLink";
import { useNames } from "../schedule/useNames";
import type { OnMap } from "../schedule/useOnMap";
import { Why } from "../schedule/Why";

interface Props {
  notice: Notice;
  /** Whether it came since the notices were last read. */
  fresh: boolean;
  onMap: OnMap;
}

/** One thing that waits; its route is shown on the map at a click. */
export function NoticeRow({ notice, fresh, onMap }: Props) {
  const { locale } = useLanguage();
  const names = useNames();
  const { route_id } = notice;
  return (
    <tr className={route_id !== null && onMap.route === route_id ? "selected" : ""} data-fresh={fresh}>
      <td>{route_id === null ? names.demand(notice.subject) : <RouteLink id={route_id} onMap={onMap} />}</td>
      <td className="one-line">{names.department(notice.department_id)}</td>
      <td>
        <Why code={notice.code} text={notice.text} />
      </td>
      <td className="num">{dayText(notice.day, locale)}</td>
      <td className="num">{dayMoment(notice.made_at, locale)}</td>
      <td className="num">{dayMoment(notice.expires_at, locale)}</td>
    </tr>
  );
}
