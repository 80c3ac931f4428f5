import { evidenceUrl } from "../api/client";
import type { Finding } from "../api/types";
import { momentText, percentText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { maySeePeople, useWorld } from "../state/StationContext";
import { Evidence } from "./Evidence";
import { ProofBadge } from "./ProofBadge";

/** The findings that a work order rests on: when, by which aircraft, on which route, by which network. */
export function FindingList({ findings }: { findings: Finding[] }) {
  const localisation = useLanguage();
  const { t } = localisation;
  const { world, role } = useWorld();
  const droneNames = new Map(world.district.drones.map((drone) => [drone.id, drone.name]));
  const routeNames = new Map(world.routes.map((route) => [route.id, route.name]));
  return (
    <section>
      <h3>{t("order.findings", { count: findings.length })}</h3>
      <ul className="findings">
        {findings.map((finding) => (
          <li key={finding.id}>
            <Evidence sha256={finding.evidence_sha256} what={finding.id} className="thumbnail" />
            <dl className="facts">
              <dt>{t("proof.title")}</dt>
              <dd>
                <ProofBadge sha256={finding.evidence_sha256} />
                {finding.people_evidence_sha256 !== null && maySeePeople(role) && (
                  <a href={evidenceUrl(finding.people_evidence_sha256)} target="_blank" rel="noreferrer">
                    {t("proof.people")}
                  </a>
                )}
              </dd>
              <dt>{t("order.seen")}</dt>
              <dd className="num">
                {momentText(localisation, finding.first_seen_at)} · {t("order.observations", { count: finding.observations })} ·{" "}
                {percentText(finding.confidence)}
              </dd>
              <dt>{t("order.drone")}</dt>
              <dd>{droneNames.get(finding.drone_id) ?? finding.drone_id}</dd>
              <dt>{t("order.route")}</dt>
              <dd>{finding.route_id === null ? t("unknown") : (routeNames.get(finding.route_id) ?? finding.route_id)}</dd>
              <dt>{t("order.flight")}</dt>
              <dd className="num id">{finding.flight_id}</dd>
              <dt>{t("order.model")}</dt>
              <dd className="num id">
                {finding.model.name} {finding.model.version} ({finding.model.weights_sha256.slice(0, 12)})
              </dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
