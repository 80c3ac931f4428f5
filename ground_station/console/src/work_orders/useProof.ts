import { useEffect, useState } from "react";
import { Problem, request } from "../api/client";
import type { EvidenceProof } from "../api/types";

/** What a picture proves; null until it is known, and where there is no picture. Asked for anew when `known` changes. */
export function useProof(sha256: string | null, known: unknown): EvidenceProof | null {
  const [proof, setProof] = useState<{ sha256: string; told: EvidenceProof } | null>(null);
  useEffect(() => {
    if (sha256 === null) return;
    let wanted = true;
    request<EvidenceProof>(`/evidence/${sha256}/proof`).then(
      (told) => wanted && setProof({ sha256, told }),
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error; // a picture that is not there says so itself
      },
    );
    return () => {
      wanted = false;
    };
  }, [sha256, known]);
  return proof !== null && proof.sha256 === sha256 ? proof.told : null;
}
