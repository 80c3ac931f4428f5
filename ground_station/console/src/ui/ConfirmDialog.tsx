import { useLanguage } from "../i18n/language";
import { Dialog } from "./Dialog";

interface Props {
  title: string;
  text: string;
  /** Shown apart, in a warning colour. */
  warning?: string | undefined;
  verb: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before what cannot be undone; the focus starts on the harmless answer. */
export function ConfirmDialog({ title, text, warning, verb, onConfirm, onClose }: Props) {
  const { t } = useLanguage();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      {warning !== undefined && <p className="warning">{warning}</p>}
      <div className="dialog-buttons">
        <button type="button" autoFocus onClick={onClose}>
          {t("leave")}
        </button>
        <button
          type="button"
          className="danger"
          data-testid="confirm"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {verb}
        </button>
      </div>
    </Dialog>
  );
}
