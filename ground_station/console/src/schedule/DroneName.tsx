import type { Drone } from "../api/types";
import { useLanguage } from "../i18n/language";
import { linkOf } from "../state/link";
import { useWorld } from "../state/StationContext";
import { useNow } from "../state/useNow";

interface Props {
  drone: Drone;
}

/** A drone's name with how its link stands now. */
export function DroneName({ drone }: Props) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const now_ms = useNow();
  const entry = world.fleet[drone.id];
  const link = entry === undefined ? "never" : linkOf(entry, world.settings, now_ms);
  return (
    <span className="gantt-drone one-line" title={`${drone.name} · ${t(`link.${link}`)}`}>
      <span className={`dot link-${link}`} aria-hidden="true" /> {drone.name}
    </span>
  );
}
