import { percentText } from "../i18n/format";

const LOW = 0.25;
const CRITICAL = 0.15;

/** A battery's charge as bar and number; an unknown one has no bar. */
export function Battery({ share }: { share: number | null }) {
  const level = share === null ? "unknown" : share < CRITICAL ? "critical" : share < LOW ? "low" : "good";
  return (
    <span className={`battery ${level}`}>
      {share !== null && (
        <span className="bar" aria-hidden="true">
          <span style={{ inlineSize: `${share * 100}%` }} />
        </span>
      )}
      {percentText(share)}
    </span>
  );
}
