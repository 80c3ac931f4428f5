import { useState } from "react";
import type { Replanned, Schedule } from "../api/schedule";
import { heardText } from "../fleet/heard";
import { spanText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { linkOf } from "../state/link";
import { useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { arrivalOf, lostPasses } from "./arrival";
import { Changes } from "./Changes";
import { dayClock, dayMoment, districtDay } from "./day";
import { useNames } from "./useNames";

interface Props {
  before: Schedule;
  proposal: Replanned;
  onConfirm: () => void;
}

/** What an urgent task would do to the day, and who gets there when. */
export function UrgentOutcome({ before, proposal, onConfirm }: Props) {
  const localisation = useLanguage();
  const { t } = localisation;
  const { world } = useWorld();
  const names = useNames();
  const now_ms = useNow();
  const [confirming, setConfirming] = useState(false);
  const arrival = arrivalOf(proposal);
  const lost = lostPasses(before, proposal.schedule);
  if (arrival === null) return <p className="warning">{t("urgent.nobody")}</p>;

  const entry = world.fleet[arrival.flight.drone_id];
  const link = entry === undefined ? "never" : linkOf(entry, world.settings, now_ms);
  const heard = entry === undefined ? t("link.never_heard") : heardText(localisation, entry, link, now_ms);
  const words = {
    drone: names.drone(arrival.flight.drone_id),
    takeoff: dayClock(arrival.flight.takes_off_at),
    arrival: dayClock(arrival.at),
    moved: proposal.moved.length,
    dropped: proposal.dropped.length,
    lost: lost.length,
  };
  return (
    <div className="outcome" data-testid="urgent-outcome">
      <Arrived of={proposal} />
      {link !== "online" && <p className="warning">{t("urgent.stale", { heard })}</p>}
      <Changes before={before} proposal={proposal} />
      <button type="button" className="danger" onClick={() => setConfirming(true)}>
        {t("urgent.confirm")}
      </button>
      {confirming && (
        <ConfirmDialog
          title={t("urgent.confirm.title", words)}
          text={t("urgent.confirm.text", words)}
          warning={link === "online" ? undefined : t("urgent.stale", { heard })}
          verb={t("urgent.confirm")}
          onConfirm={onConfirm}
          onClose={() => setConfirming(false)}
        />
      )}
    </div>
  );
}

/** Who reaches the place and when; for another day with its date, for today with the minutes until then. */
export function Arrived({ of }: { of: Replanned }) {
  const localisation = useLanguage();
  const { t } = localisation;
  const names = useNames();
  const now_ms = useNow();
  const arrival = arrivalOf(of);
  if (arrival === null) return null;
  const at_ms = Date.parse(arrival.at);
  const today = districtDay(at_ms) === districtDay(now_ms);
  return (
    <p className="arrival">
      <strong>
        {t("urgent.arrival", {
          drone: names.drone(arrival.flight.drone_id),
          at: today ? dayClock(at_ms) : dayMoment(arrival.at, localisation.locale),
        })}
      </strong>{" "}
      {t("urgent.arrival.in", { span: spanText(localisation, (at_ms - now_ms) / 1000) })}
    </p>
  );
}
