import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";

interface Props {
  /** Flights by their drones in place of the whole fleet. */
  only?: { id: string; droneId: string }[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Drones to tick: those that do not fly, or flights by their drones. */
export function DroneChoice({ only, chosen, onChoose }: Props) {
  const { t } = useLanguage();
  const { district } = useWorld().world;
  const names = new Map(district.drones.map((drone) => [drone.id, drone.name]));
  const shown = only ?? district.drones.map(({ id }) => ({ id, droneId: id }));
  const boxes = (
    <div className="drone-choice">
      {shown.map(({ id, droneId }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.target.checked) next.add(id);
              else next.delete(id);
              onChoose(next);
            }}
          />
          {names.get(droneId) ?? droneId}
        </label>
      ))}
    </div>
  );
  if (only !== undefined) return boxes;
  return (
    <fieldset>
      <legend>{t("happened.drones")}</legend>
      {boxes}
    </fieldset>
  );
}
