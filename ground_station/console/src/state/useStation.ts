import { useCallback, useEffect, useReducer, useRef, useState, type Dispatch } from "react";
import { list, Problem } from "../api/client";
import { serverNowMs } from "../api/clock";
import { followStream, type StreamEvent, type StreamHandle } from "../api/stream";
import type { FleetEntry } from "../api/types";
import { loadWorld } from "./load";
import { reduce, type Change } from "./reduce";
import type { Connection, World } from "./world";

/** The fleet is asked for now and then besides the stream: a half-open connection shows, and links age on the station's word. */
const FLEET_EVERY_MS = 10_000;

export interface Station {
  world: World | null;
  connection: Connection;
  lostAtMs: number | null;
  failure: string | null;
  change: Dispatch<Change>;
  reload: () => void;
}

/** Loads the world, follows the stream, and loads anew after every interruption. `onSignedOut`: the session has ended. */
export function useStation(onSignedOut: () => void): Station {
  const [world, change] = useReducer(reduce, null);
  const [connection, setConnection] = useState<Connection>("connecting");
  const [lostAtMs, setLostAtMs] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const report = useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) onSignedOut();
      else setFailure(error.message);
    },
    [onSignedOut],
  );
  const lost = useCallback(() => {
    setConnection("lost");
    setLostAtMs((since) => since ?? serverNowMs());
  }, []);
  /** What came on the stream while the lists were loading, to be applied on top of them. */
  const meanwhile = useRef<StreamEvent[] | null>(null);
  const stream = useRef<StreamHandle | null>(null);
  const reload = useCallback(() => {
    setFailure(null);
    meanwhile.current = [];
    loadWorld().then((loaded) => {
      change({ kind: "replaced", world: loaded });
      change({ kind: "streamed", events: meanwhile.current ?? [] });
      meanwhile.current = null;
    }, report);
  }, [report]);

  useEffect(() => {
    const handle = followStream({
      onOpen: () => {
        setConnection("live");
        setLostAtMs(null);
        reload();
      },
      onLost: lost,
      onEvents: (events) => {
        meanwhile.current?.push(...events);
        change({ kind: "streamed", events });
      },
    });
    stream.current = handle;
    return handle.stop;
  }, [lost, reload]);

  useEffect(() => {
    const timer = window.setInterval(() => {
      list<FleetEntry>("/fleet").then(
        (entries) => change({ kind: "fleet", entries }),
        (error: unknown) => {
          if (error instanceof Problem && error.status === 401) onSignedOut();
          else stream.current?.restart();
        },
      );
    }, FLEET_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [onSignedOut]);

  return { world, connection, lostAtMs, failure, change, reload };
}
