import type { Session } from "./api/types";
import { clockText, zoneText } from "./i18n/format";
import { useLanguage } from "./i18n/language";
import { unread } from "./notices/reading";
import { useNow } from "./state/useNow";
import { isAirborne, type Connection, type World } from "./state/world";
import type { Drawer } from "./Workspace";
import { urgencyOf } from "./work_orders/due";

interface Props {
  session: Session;
  world: World | null;
  connection: Connection;
  /** What is open below the map. */
  drawer: Drawer | null;
  /** Until when the notices have been read. */
  readUntil_ms: number;
  onToggle: (drawer: Drawer) => void;
  onSignOut: () => void;
}

/** Where one is, how things stand in four numbers, whether it is live, the time, and who is signed in. */
export function TopBar({ session, world, connection, drawer, readUntil_ms, onToggle, onSignOut }: Props) {
  const localisation = useLanguage();
  const { t, nameOf, switchLanguage } = localisation;
  const now_ms = useNow();
  return (
    <header className="top-bar">
      <h1>
        <span className="brand-mark" aria-hidden="true" />
        {t("app.name")}
        {world !== null && <span className="quiet"> {nameOf(world.district)}</span>}
      </h1>
      {world !== null && <Summary world={world} now_ms={now_ms} />}
      {world !== null && (
        <>
          <button
            type="button"
            className="small plan-toggle"
            aria-pressed={drawer === "plan"}
            onClick={() => onToggle("plan")}
          >
            {t("day.title")}
          </button>
          <button
            type="button"
            className="small plan-toggle"
            aria-pressed={drawer === "demands"}
            onClick={() => onToggle("demands")}
          >
            {t("demands.title")}
          </button>
          <button
            type="button"
            className="small plan-toggle"
            aria-label={t("notices.title")}
            title={t("notices.title")}
            aria-pressed={drawer === "notices"}
            onClick={() => onToggle("notices")}
          >
            <Bell /> <Unread count={unread(world.notices, readUntil_ms, now_ms)} />
          </button>
        </>
      )}
      <span className="spacer" />
      <span className={`chip connection ${connection}`} role="status">
        {t(`connection.${connection}`)}
      </span>
      <time className="num clock">
        {clockText(localisation, now_ms)} <small>{zoneText(localisation)}</small>
      </time>
      <button type="button" className="small" aria-label={t("app.language.label")} onClick={switchLanguage}>
        {t("app.language")}
      </button>
      <span className="who">
        {session.username} <small>{t(`role.${session.role}`)}</small>
      </span>
      <button type="button" className="small" onClick={onSignOut}>
        {t("signin.out")}
      </button>
    </header>
  );
}

function Bell() {
  return (
    <svg className="bell" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 1.5c-2.6 0-4.2 1.9-4.2 4.5 0 3.6-1.6 4.6-1.6 5.7h11.6c0-1.1-1.6-2.1-1.6-5.7 0-2.6-1.6-4.5-4.2-4.5ZM6.4 13.2a1.7 1.7 0 0 0 3.2 0Z" />
    </svg>
  );
}

function Unread({ count }: { count: number }) {
  const { t } = useLanguage();
  if (count === 0) return null;
  return (
    <span className="chip unread num" title={t("notices.unread", { count })} data-testid="unread">
      {count}
    </span>
  );
}

function Summary({ world, now_ms }: { world: World; now_ms: number }) {
  const { t } = useLanguage();
  const orders = Object.values(world.workOrders);
  const overdue = orders.filter((order) => urgencyOf(order, now_ms) === "overdue").length;
  const open = orders.filter((order) => order.phase !== "closed").length;
  const review = Object.values(world.incidents).filter((incident) => incident.state === "awaiting_review").length;
  return (
    <ul className="summary">
      <li>{t("summary.flying", { count: Object.values(world.flights).filter(isAirborne).length })}</li>
      <li>{t("summary.open", { count: open })}</li>
      <li className={overdue > 0 ? "bad" : ""}>{t("summary.overdue", { count: overdue })}</li>
      <li className={review > 0 ? "notable" : ""}>{t("summary.review", { count: review })}</li>
    </ul>
  );
}
