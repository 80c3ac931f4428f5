import type { CommandReport } from "../api/types";
import { useLanguage, type Key } from "../i18n/language";

const NAMES: Record<CommandReport["command"], Key> = {
  load: "command.dispatch",
  start: "command.start",
  hold: "command.hold",
  resume: "command.resume",
  return: "command.return",
  cancel: "command.cancel",
};

/** What became of the last command. */
export function CommandLine({ report }: { report: CommandReport | null }) {
  const { t } = useLanguage();
  if (report === null) return null;
  const words = { command: t(NAMES[report.command]), reason: report.reason };
  return (
    <p className={`command-line ${report.outcome}`} role="status">
      {t(`command.${report.outcome}`, words)}
    </p>
  );
}
