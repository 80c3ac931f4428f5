import { useCallback, useState } from "react";
import { Problem } from "../api/client";

export interface Asking {
  busy: boolean;
  problem: Problem | null;
  /** Runs the request; a refusal is kept in `problem`, anything else is a fault and thrown on. */
  run: (work: () => Promise<void>) => void;
  clear: () => void;
}

/** One request at a time, with its refusal. */
export function useRequest(): Asking {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback((work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    work()
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        setProblem(error);
      })
      .finally(() => setBusy(false));
  }, []);
  const clear = useCallback(() => setProblem(null), []);
  return { busy, problem, run, clear };
}
