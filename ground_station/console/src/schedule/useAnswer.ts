import { useCallback, useEffect, useState } from "react";
import { Problem, request } from "../api/client";

export interface Answer<T> {
  /** undefined: not here yet; null: there is none (404). */
  value: T | null | undefined;
  problem: Problem | null;
  /** Takes what another request has answered meanwhile. */
  accept: (value: T) => void;
  again: () => void;
}

interface Kept<T> extends Omit<Answer<T>, "accept" | "again"> {
  path: string;
}

/** What the ground station answers to a GET, asked again whenever `changes` is another object; the last answer stays meanwhile. */
export function useAnswer<T>(path: string, changes: object): Answer<T> {
  const [kept, setKept] = useState<Kept<T>>({ path, value: undefined, problem: null });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let wanted = true;
    request<T>(path).then(
      (value) => wanted && setKept({ path, value, problem: null }),
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        if (!wanted) return;
        if (error.status === 404) setKept({ path, value: null, problem: null });
        else setKept((before) => ({ path, value: before.path === path ? before.value : undefined, problem: error }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [path, changes, asked]);
  const again = useCallback(() => setAsked((times) => times + 1), []);
  const accept = (value: T) => setKept({ path, value, problem: null });
  return kept.path === path ? { ...kept, accept, again } : { value: undefined, problem: null, accept, again };
}
