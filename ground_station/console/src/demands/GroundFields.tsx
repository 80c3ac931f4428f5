import { useEffect, useState } from "react";
import type { DrawnGround } from "../api/demands";
import { request } from "../api/client";
import { useLanguage } from "../i18n/language";
import type { OnMap } from "../schedule/useOnMap";
import { useWorld } from "../state/StationContext";
import { Refusal } from "../ui/Refusal";
import { useRequest } from "../ui/useRequest";
import { geometryOf, groundOf, type Draft, type Shape } from "./draft";

const SHAPES: Shape[] = ["waypoints", "corridor", "area", "orbit"];

interface Props {
  draft: Draft;
  onChange: (change: (before: Draft) => Draft) => void;
  onMap: OnMap;
}

/** The ground: drawn point by point on the map, that of a route, or one that a file draws. */
export function GroundFields({ draft, onChange, onMap }: Props) {
  const { t } = useLanguage();
  const { world } = useWorld();
  const reading = useRequest();
  const [grounds, setGrounds] = useState<DrawnGround[]>([]);
  const { askPlace, putSketch } = onMap;
  const route = world.routes.find((one) => one.id === draft.route);

  useEffect(() => {
    askPlace((place) =>
      onChange((before) => ({
        ...before,
        route: "",
        points: before.shape === "orbit" ? [place] : [...(before.route === "" ? before.points : []), place],
      })),
    );
    return () => askPlace(null);
  }, [askPlace, onChange]);
  useEffect(() => {
    const unfinished = draft.points.length > 0 ? ({ kind: "waypoints", points: draft.points } as const) : null;
    putSketch(route?.geometry ?? geometryOf(draft) ?? unfinished);
  }, [draft, route, putSketch]);
  useEffect(() => () => putSketch(null), [putSketch]);

  function read(file: File | undefined): void {
    if (file === undefined) return;
    const body = new FormData();
    body.set("file", file);
    reading.run(async () => {
      const found = await request<DrawnGround[]>("/demands/ground", { method: "POST", body });
      setGrounds(found);
      const [first] = found;
      if (first !== undefined) onChange((before) => ({ ...before, ...groundOf(first.geometry) }));
    });
  }

  return (
    <fieldset className="ground">
      <legend>{t("demands.ground")}</legend>
      <div className="segments">
        {SHAPES.map((shape) => (
          <button
            type="button"
            key={shape}
            aria-pressed={draft.route === "" && draft.shape === shape}
            onClick={() => onChange((before) => ({ ...before, shape, route: "", holes: [] }))}
          >
            {t(`demands.shape.${shape}`)}
          </button>
        ))}
      </div>
      <div className="row">
        <small className="grow">
          {draft.route === "" ? t("demands.ground.points", { count: draft.points.length }) : route?.name}
        </small>
        <button
          type="button"
          className="tiny"
          disabled={draft.points.length === 0}
          onClick={() => onChange((before) => ({ ...before, points: before.points.slice(0, -1) }))}
        >
          {t("demands.ground.undo")}
        </button>
        <button
          type="button"
          className="tiny"
          disabled={draft.points.length === 0 && draft.route === ""}
          onClick={() => onChange((before) => ({ ...before, points: [], holes: [], route: "" }))}
        >
          {t("demands.ground.clear")}
        </button>
      </div>
      {draft.shape === "corridor" && draft.route === "" && (
        <label>
          {t("demands.ground.width")}
          <input
            inputMode="decimal"
            value={draft.width_m}
            onChange={(event) => onChange((before) => ({ ...before, width_m: event.target.value }))}
          />
        </label>
      )}
      {draft.shape === "orbit" && draft.route === "" && (
        <label>
          {t("demands.ground.radius")}
          <input
            inputMode="decimal"
            value={draft.radius_m}
            onChange={(event) => onChange((before) => ({ ...before, radius_m: event.target.value }))}
          />
        </label>
      )}
      <label>
        {t("demands.ground.route")}
        <input
          list="demand-routes"
          value={draft.route}
          placeholder={t("demands.ground.route.hint")}
          onChange={(event) => onChange((before) => ({ ...before, route: event.target.value.trim() }))}
        />
      </label>
      <datalist id="demand-routes">
        {world.routes.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </datalist>
      <label>
        {t("demands.ground.file")}
        <input type="file" accept=".geojson,.json,.kml,.kmz,.plan" onChange={(event) => read(event.target.files?.[0])} />
      </label>
      {grounds.length > 1 && (
        <select
          aria-label={t("demands.ground.of_file")}
          onChange={(event) => {
            const chosen = grounds[Number(event.target.value)];
            if (chosen !== undefined) onChange((before) => ({ ...before, ...groundOf(chosen.geometry) }));
          }}
        >
          {grounds.map((one, index) => (
            <option key={index} value={index}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      <Refusal problem={reading.problem} />
    </fieldset>
  );
}
