import type { ReactNode } from "react";
import type { Telemetry } from "../api/types";
import { measureText } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { Battery } from "./Battery";

/** Battery, height and speed; what is not known is shown as such. */
export function Readings({ telemetry }: { telemetry: Telemetry | null }) {
  const { t } = useLanguage();
  return (
    <dl className="readings">
      <Reading name={t("telemetry.battery")}>
        <Battery share={telemetry?.battery_share ?? null} />
      </Reading>
      <Reading name={t("telemetry.height")}>{measureText(telemetry?.height_m ?? null, "m")}</Reading>
      <Reading name={t("telemetry.speed")}>{measureText(telemetry?.ground_speed_mps ?? null, "m/s", 1)}</Reading>
    </dl>
  );
}

function Reading({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
