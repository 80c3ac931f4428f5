import type { OnMap } from "./useOnMap";
import { useNames } from "./useNames";

interface Props {
  id: string;
  onMap: OnMap;
}

/** A route's name; a click shows it on the map, another lets it go. */
export function RouteLink({ id, onMap }: Props) {
  const names = useNames();
  const shown = onMap.route === id;
  return (
    <button
      type="button"
      className="link one-line"
      title={names.route(id)}
      aria-pressed={shown}
      onClick={() => onMap.pointOut(shown ? null : id)}
    >
      {names.route(id)}
    </button>
  );
}
