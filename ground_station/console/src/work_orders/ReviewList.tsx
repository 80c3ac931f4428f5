import type { Incident } from "../api/types";
import { useLanguage } from "../i18n/language";
import { ReviewCard } from "./ReviewCard";

interface Props {
  incidents: Incident[];
  selected: string | null;
  onSelect: (incidentId: string) => void;
}

/** Incidents below their class's confidence limit, the surest first. */
export function ReviewList({ incidents, selected, onSelect }: Props) {
  const { t } = useLanguage();
  const inOrder = [...incidents].sort((one, other) => other.confidence - one.confidence);
  return (
    <>
      <p className="quiet hint">{t("review.hint")}</p>
      <ul className="cards scroll" role="tabpanel">
        {inOrder.length === 0 && <li className="empty">{t("review.empty")}</li>}
        {inOrder.map((incident) => (
          <li key={incident.id}>
            <ReviewCard incident={incident} selected={incident.id === selected} onSelect={onSelect} />
          </li>
        ))}
      </ul>
    </>
  );
}
