import { useEffect, useState } from "react";
import { Problem, request } from "../api/client";
import type { Finding, Incident, IncidentDetail } from "../api/types";

export interface Findings {
  /** null until they have been loaded. */
  findings: Finding[] | null;
  problem: Problem | null;
}

/** The findings of an incident, asked for anew whenever it changes. */
export function useFindings(incident: Incident): Findings {
  const [state, setState] = useState<Findings>({ findings: null, problem: null });
  useEffect(() => {
    let wanted = true;
    request<IncidentDetail>(`/incidents/${incident.id}`).then(
      (detail) => wanted && setState({ findings: detail.finding_items, problem: null }),
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        if (wanted) setState((before) => ({ ...before, problem: error }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [incident.id, incident.last_seen_at, incident.findings]);
  return state;
}
