import { useLanguage } from "../i18n/language";
import { useWorld } from "../state/StationContext";

interface Props {
  chosen: string[];
  onChoose: (routeIds: string[]) => void;
}

/** The routes chosen for a flight, in the order they are flown. */
export function ChosenRoutes({ chosen, onChoose }: Props) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const names = new Map(world.routes.map((route) => [route.id, route.name]));

  function moveUp(index: number): void {
    const next = [...chosen];
    next.splice(index - 1, 0, ...next.splice(index, 1));
    onChoose(next);
  }

  if (chosen.length === 0) return <p className="quiet">{t("plan.none")}</p>;
  return (
    <div className="chosen">
      <p className="quiet">{t("plan.chosen", { count: chosen.length })}</p>
      <ol>
        {chosen.map((id, index) => (
          <li key={id}>
            <span>{names.get(id) ?? id}</span>
            {index > 0 && (
              <button
                type="button"
                className="tiny"
                aria-label={t("plan.earlier", { route: names.get(id) ?? id })}
                onClick={() => moveUp(index)}
              >
                ↑
              </button>
            )}
            <button
              type="button"
              className="tiny"
              aria-label={t("plan.remove", { route: names.get(id) ?? id })}
              onClick={() => onChoose(chosen.filter((one) => one !== id))}
            >
              ✕
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
