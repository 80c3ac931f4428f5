/** The kinds of events on /api/stream. */
export const EVENT_KINDS = [
  "telemetry",
  "fleet",
  "flight",
  "finding",
  "incident",
  "work_order",
  "command",
  "schedule",
  "demand",
  "notice",
  "aircraft_key",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface StreamEvent {
  kind: EventKind;
  data: unknown;
}

export interface StreamListener {
  onOpen: () => void;
  onLost: () => void;
  onEvents: (events: StreamEvent[]) => void;
}

export interface StreamHandle {
  stop: () => void;
  /** Drops the connection and opens a new one: for when it is known to be dead though nothing says so. */
  restart: () => void;
}

const BATCH_MS = 150;
const RETRY_MS = 2000;

/** Follows the stream until it is stopped: reconnects by itself, hands events over in batches. */
export function followStream(listener: StreamListener): StreamHandle {
  let source: EventSource | null = null;
  let waiting: StreamEvent[] = [];
  let retry: number | undefined;
  const flush = window.setInterval(() => {
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    listener.onEvents(events);
  }, BATCH_MS);

  function connect(): void {
    source = new EventSource("/api/stream");
    source.onopen = listener.onOpen;
    source.onerror = restart;
    for (const kind of EVENT_KINDS) {
      source.addEventListener(kind, (event) => waiting.push({ kind, data: JSON.parse(event.data as string) }));
    }
  }

  function restart(): void {
    listener.onLost();
    source?.close();
    window.clearTimeout(retry);
    retry = window.setTimeout(connect, RETRY_MS);
  }

  function stop(): void {
    window.clearInterval(flush);
    window.clearTimeout(retry);
    source?.close();
  }

  connect();
  return { stop, restart };
}
