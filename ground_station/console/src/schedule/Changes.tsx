import type { Replanned, Schedule } from "../api/schedule";
import { useLanguage } from "../i18n/language";
import { lostPasses } from "./arrival";
import { dayClock, dayMoment } from "./day";
import { useNames } from "./useNames";
import { Why } from "./Why";

interface Props {
  before: Schedule;
  proposal: Replanned;
}

/** What a proposal would do to the day: what moves, what is not flown, what waits and why. */
export function Changes({ before, proposal }: Props) {
  const { t, locale } = useLanguage();
  const names = useNames();
  const lost = lostPasses(before, proposal.schedule);
  const flights = new Map(before.flights.map((flight) => [flight.id, flight]));
  const words = { moved: proposal.moved.length, dropped: proposal.dropped.length, lost: lost.length };
  return (
    <>
      <p>{t("urgent.changes", words)}</p>
      {proposal.called_off.length > 0 && (
        <p className="warning">{t("happened.called_off", { flights: proposal.called_off.map(nameOf).join(t("list.separator")) })}</p>
      )}
      {proposal.stranded.length > 0 && (
        <p className="warning">
          {t("happened.stranded", { drones: proposal.stranded.map(names.drone).join(t("list.separator")) })}
        </p>
      )}
      <ul className="num">
        {[...proposal.dropped, ...proposal.moved].map((id) => (
          <li key={id}>
            <span className={proposal.dropped.includes(id) ? "chip dropped" : "chip moved"}>
              {t(proposal.dropped.includes(id) ? "urgent.dropped" : "urgent.moved")}
            </span>{" "}
            {nameOf(id)}
            {proposal.moved.includes(id) && ` → ${newStart(proposal.schedule, id)}`}
          </li>
        ))}
      </ul>
      {lost.length > 0 && (
        <ul>
          {lost.map((one) => (
            <li key={one.pass_id}>
              {names.route(one.route_id)}: <Why code={one.code} text={one.text} />{" "}
              <small className="num">{t("urgent.kept", { until: dayMoment(one.expires_at, locale) })}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  );

  function nameOf(id: string): string {
    const flight = flights.get(id);
    return flight === undefined ? id : `${names.drone(flight.drone_id)} ${dayClock(flight.takes_off_at)}`;
  }
}

function newStart(schedule: Schedule, flightId: string): string {
  const flight = schedule.flights.find((one) => one.id === flightId);
  return flight === undefined ? "" : dayClock(flight.takes_off_at);
}
