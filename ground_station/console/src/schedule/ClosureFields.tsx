import { useEffect, useState, type ChangeEvent } from "react";
import type { Closure } from "../api/schedule";
import type { GeoPoint } from "../api/types";
import { useLanguage } from "../i18n/language";
import { dayClock } from "./day";
import { closuresIn } from "./closures";
import type { OnMap } from "./useOnMap";

interface Props {
  day: string;
  /** Those in force already. */
  known: readonly Closure[];
  drawn: Closure[];
  onDrawn: (closures: Closure[]) => void;
  onMap: OnMap;
}

/** Airspace closed for a time: corner by corner on the map, or from a GeoJSON file. */
export function ClosureFields({ day, known, drawn, onDrawn, onMap }: Props) {
  const { t } = useLanguage();
  const [from, setFrom] = useState("09:00");
  const [until, setUntil] = useState("12:00");
  const [corners, setCorners] = useState<GeoPoint[] | null>(null);
  const [fault, setFault] = useState("");
  const { askPlace, putClosed } = onMap;
  const drawing = corners !== null;

  useEffect(() => {
    askPlace(drawing ? (place) => setCorners((before) => [...(before ?? []), place]) : null);
    return () => askPlace(null);
  }, [drawing, askPlace]);
  useEffect(() => {
    putClosed([...known, ...drawn].map(({ outline }) => outline).concat(corners === null ? [] : [corners]));
  }, [known, drawn, corners, putClosed]);

  function finish(): void {
    const id = freeId([...known, ...drawn]);
    onDrawn([...drawn, { id, outline: corners ?? [], span: { begins_at: momentOf(day, from), ends_at: momentOf(day, until) } }]);
    setCorners(null);
  }

  function read(event: ChangeEvent<HTMLInputElement>): void {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    file?.text().then((text) => {
      const span = { begins_at: momentOf(day, from), ends_at: momentOf(day, until) };
      const found = closuresIn(text, span, (at) => momentOf(day, at));
      setFault(found.length === 0 ? t("happened.file.none", { file: file.name }) : "");
      if (found.length > 0) onDrawn([...drawn, ...found]);
    }, () => setFault(t("happened.file.none", { file: file.name })));
  }

  return (
    <fieldset>
      <legend>{t("happened.closed")}</legend>
      <ul>
        {known.map((one) => (
          <li key={one.id} className="quiet num">
            {one.id} {dayClock(one.span.begins_at)}–{dayClock(one.span.ends_at)}
          </li>
        ))}
        {drawn.map((one) => (
          <li key={one.id} className="num">
            {one.id} {dayClock(one.span.begins_at)}–{dayClock(one.span.ends_at)}{" "}
            <button type="button" className="tiny" onClick={() => onDrawn(drawn.filter((other) => other !== one))}>
              {t("happened.remove")}
            </button>
          </li>
        ))}
      </ul>
      <div className="row">
        <label>
          {t("happened.from")}
          <input type="time" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {t("happened.until")}
          <input type="time" value={until} onChange={(event) => setUntil(event.target.value)} />
        </label>
      </div>
      {drawing && <p className="quiet">{t("happened.drawing", { corners: corners.length })}</p>}
      <div className="row">
        {drawing ? (
          <>
            <button type="button" className="small" disabled={corners.length < 3 || until <= from} onClick={finish}>
              {t("happened.finish")}
            </button>
            <button type="button" className="small" onClick={() => setCorners(null)}>
              {t("leave")}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="small" onClick={() => setCorners([])}>
              {t("happened.draw")}
            </button>
            <label className="file">
              {t("happened.file")}
              <input type="file" accept=".geojson,.json" onChange={read} />
            </label>
          </>
        )}
      </div>
      {fault !== "" && <p className="warning">{fault}</p>}
    </fieldset>
  );
}

/** A time of day in the district, which is eight hours ahead of UTC. */
function momentOf(day: string, at: string): string {
  return `${day}T${at}:00+08:00`;
}

function freeId(taken: readonly Closure[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let number = 1;
  while (ids.has(`closed-${number}`)) number += 1;
  return `closed-${number}`;
}
