import type { MergeNote, Pass, Schedule } from "../api/schedule";
import type { Route } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";
import { useNames } from "./useNames";

interface Props {
  schedule: Schedule;
  passId: string;
}

/** For whom a pass is flown, how and for which demand so, and which demands joined it or were split off into it. */
export function PassNote({ schedule, passId }: Props) {
  const { t, nameOf } = useLanguage();
  const { district, routes } = useWorld().world;
  const names = useNames();
  const pass = schedule.passes.find((one) => one.id === passId);
  if (pass === undefined) return null;
  const route = routes.find((one) => one.id === pass.route_id);
  const finest = [...pass.looks].sort((one, other) => one.max_sample_m - other.max_sample_m)[0];
  const notes = schedule.merging.filter((note) => note.pass_id === passId);
  const sensor = t(`day.pass.sensor.${pass.camera.sensor}`);
  return (
    <div className="pass-note quiet">
      {pass.departments.map(names.department).join(t("list.separator"))} ·{" "}
      {t("day.pass.flown", { height: Math.round(pass.height_m), pitch: Math.round(-pass.camera.pitch_deg), sensor })}
      {finest !== undefined &&
        t(isFlownAs(pass, route) ? "day.pass.as_route" : "day.pass.finest", {
          category: nameOf(district.categories.find((one) => one.key === finest.category)),
          sample: (finest.max_sample_m * 100).toFixed(1),
        })}
      {notes.map((note) => (
        <div key={note.demand_id} title={note.reason}>
          {told(note)}
        </div>
      ))}
    </div>
  );

  function told(note: MergeNote): string {
    const demand = `${names.demand(note.demand_id)} (${names.department(note.department_id)})`;
    return t(note.kind === "joined" ? "day.pass.joined" : "day.pass.split", { demand, reason: note.reason });
  }
}

function isFlownAs({ height_m, camera }: Pass, route: Route | undefined): boolean {
  return (
    route !== undefined &&
    route.height_m === height_m &&
    route.camera.pitch_deg === camera.pitch_deg &&
    route.camera.sensor === camera.sensor
  );
}
