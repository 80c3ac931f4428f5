import { useCallback, useState } from "react";
import type { Notice } from "../api/schedule";

const STORED_AS = "oneflight.notices.read";

/** Until when a user has read the notices, on this browser. */
export interface Reading {
  until_ms: number;
  read: (until_ms: number) => void;
}

/** Keeps until when a user has read; nothing yet at the first time. */
export function useReading(username: string): Reading {
  const key = `${STORED_AS}.${username}`;
  const [until_ms, setUntil] = useState(() => Number(localStorage.getItem(key) ?? 0));
  const read = useCallback(
    (at_ms: number) => {
      localStorage.setItem(key, String(at_ms));
      setUntil(at_ms);
    },
    [key],
  );
  return { until_ms, read };
}

/** Those that still wait, the latest first: what is kept until a moment that has passed has lapsed or is due again. */
export function waiting(notices: Record<string, Notice>, now_ms: number): Notice[] {
  return Object.values(notices)
    .filter((one) => Date.parse(one.expires_at) > now_ms)
    .sort((one, other) => other.made_at.localeCompare(one.made_at));
}

/** How many of those that wait came since the notices were read. */
export function unread(notices: Record<string, Notice>, until_ms: number, now_ms: number): number {
  return waiting(notices, now_ms).filter((one) => isNew(one, until_ms)).length;
}

/** Whether a notice came since the notices were read. */
export function isNew(notice: Notice, until_ms: number): boolean {
  return Date.parse(notice.made_at) > until_ms;
}
