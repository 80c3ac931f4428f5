import { useCallback, useEffect, useState } from "react";
import { post, Problem, request } from "../api/client";
import type { Session } from "../api/types";

export interface SessionState {
  /** undefined: not known yet; null: nobody is signed in. */
  session: Session | null | undefined;
  failure: string | null;
  signIn: (username: string, password: string) => Promise<void>;
  signOut: () => void;
  ended: () => void;
}

/** Who is signed in. */
export function useSession(): SessionState {
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    request<Session>("/session").then(setSession, (error: unknown) => {
      if (error instanceof Problem && error.status === 401) setSession(null);
      else setFailure(error instanceof Error ? error.message : String(error));
    });
  }, []);
  const signIn = useCallback(async (username: string, password: string) => {
    await post("/session", { username, password });
    setSession(await request<Session>("/session"));
  }, []);
  const ended = useCallback(() => setSession(null), []);
  const signOut = useCallback(() => {
    request<void>("/session", { method: "DELETE" }).then(ended, (error: unknown) => {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      ended();
    });
  }, [ended]);
  return { session, failure, signIn, signOut, ended };
}
