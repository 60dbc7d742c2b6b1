import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something that has consequences. */
export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** A question that names the thing. */
  readonly title: string;
  /** The consequence. */
  readonly body: string;
  /** The verb on the button. */
  readonly action: string;
  readonly danger?: boolean;
  /** Closes when it resolves; stays open when it rejects (the caller told why). */
  readonly onConfirm: () => Promise<unknown>;
}

/** Consequence before the click; the button says the action. */
export function ConfirmDialog({ open, onClose, title, body, action, danger = false, onConfirm }: ConfirmDialogProps) {
  const { t } = useTranslation('core');
  const [busy, setBusy] = useState(false);
  const confirm = (): void => {
    setBusy(true);
    onConfirm()
      .then(onClose, () => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={title}
      description={body}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    />
  );
}
