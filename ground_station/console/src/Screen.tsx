import { useCallback, useMemo, useState } from "react";
import type { Session } from "./api/types";
import { useLanguage } from "./i18n/language";
import { clockText } from "./i18n/format";
import { useReading } from "./notices/reading";
import { StationContext } from "./state/StationContext";
import { useStation } from "./state/useStation";
import { TopBar } from "./TopBar";
import { Workspace, type Drawer } from "./Workspace";

interface Props {
  session: Session;
  onSignOut: () => void;
  onEnded: () => void;
}

/** The one screen, once somebody is signed in: loads the world and says clearly when it is no longer live. */
export function Screen({ session, onSignOut, onEnded }: Props) {
  const localisation = useLanguage();
  const { t } = localisation;
  const { world, connection, lostAtMs, failure, change, reload } = useStation(onEnded);
  const view = useMemo(() => (world === null ? null : { world, role: session.role, change }), [world, session.role, change]);
  const [drawer, setDrawer] = useState<Drawer | null>(null);
  const reading = useReading(session.username);
  const closeDrawer = useCallback(() => setDrawer(null), []);
  return (
    <div className={`screen connection-${connection}`}>
      <TopBar
        session={session}
        world={world}
        connection={connection}
        drawer={drawer}
        readUntil_ms={reading.until_ms}
        onToggle={(one) => setDrawer(drawer === one ? null : one)}
        onSignOut={onSignOut}
      />
      {connection === "lost" && (
        <p className="banner" role="alert" data-testid="connection-lost">
          {t("connection.lost.detail", { time: clockText(localisation, lostAtMs ?? 0) })}
        </p>
      )}
      {failure !== null && (
        <p className="banner" role="alert">
          {t("app.load_failed")}: {failure}{" "}
          <button type="button" className="small" onClick={reload}>
            {t("app.retry")}
          </button>
        </p>
      )}
      {view === null ? (
        <main className="waiting">{t("app.loading")}</main>
      ) : (
        <StationContext value={view}>
          <Workspace drawer={drawer} onCloseDrawer={closeDrawer} reading={reading} />
        </StationContext>
      )}
    </div>
  );
}
