import type { Localisation } from "../i18n/language";

const STEPS = { greedy: "day.method.greedy", "fill-in": "day.method.fill_in", repaired: "day.method.repaired" } as const;

/** The steps that made a schedule, as the ground station lists them; names of its own, such as OR-Tools, stay. */
export function methodText(t: Localisation["t"], method: string): string {
  const steps = new Set(method.split(", "));
  const named = [...steps].map((step) => (step in STEPS ? t(STEPS[step as keyof typeof STEPS]) : step));
  return named.join(" + ");
}
