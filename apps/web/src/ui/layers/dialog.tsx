import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../controls/icon-button.tsx';

/** A modal layer; Escape and a click beside it close it. */
export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What happens, in one or two sentences; read aloud when it opens. */
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the main one last. */
  readonly actions?: ReactNode;
  /** Width in px. Default 480. */
  readonly widthPx?: number;
}

/** Focuses its first control (never the cross), traps the focus, gives it back on closing, and scrolls inside itself on small windows. */
export function Dialog({ open, onOpenChange, title, description, children, actions, widthPx = 480 }: DialogProps) {
  const { t } = useTranslation('core');
  const popup = useRef<HTMLDivElement>(null);
  const firstControl = (): HTMLElement | true =>
    popup.current?.querySelector<HTMLElement>('[data-dialog-body] :is(input, select, textarea, button), [data-dialog-actions] button') ??
    true;
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(13_18_25/45%)] transition-opacity duration-(--motion-panel) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          ref={popup}
          initialFocus={firstControl}
          className="float fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-dialog"
          style={{ maxWidth: widthPx }}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-1">
            <BaseDialog.Title className="min-w-0 flex-1 pt-1 text-panel font-semibold break-words">{title}</BaseDialog.Title>
            <BaseDialog.Close render={<IconButton label={t('ui.close')} icon={<X size={16} />} className="-mr-2" />} />
          </header>
          <div data-dialog-body="" className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">
            {description ? <BaseDialog.Description className="text-body text-text-2">{description}</BaseDialog.Description> : null}
            {children}
          </div>
          {actions ? (
            <footer data-dialog-actions="" className="flex flex-wrap justify-end gap-2 border-t border-border px-5 py-3">
              {actions}
            </footer>
          ) : null}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
