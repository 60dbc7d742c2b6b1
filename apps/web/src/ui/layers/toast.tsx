import { Toast as BaseToast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../controls/button-class.ts';

const manager = BaseToast.createToastManager();

/** Something that was done or went wrong, told in passing. */
export interface ToastMessage {
  readonly title: string;
  readonly description?: string;
  /** Default `done`. Failures stay until they are closed and are read aloud at once. */
  readonly tone?: 'done' | 'failed';
  /** One action, usually undo; the toast then stays ten seconds. */
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

/** Shows a toast; callable from anywhere. */
export function showToast({ title, description, tone = 'done', action }: ToastMessage): void {
  const id = manager.add({
    title,
    description,
    type: tone,
    priority: tone === 'failed' ? 'high' : 'low',
    timeout: tone === 'failed' ? 0 : action ? 10_000 : 5000,
    actionProps: action
      ? {
          children: action.label,
          onClick: () => {
            manager.close(id);
            action.onClick();
          },
        }
      : undefined,
  });
}

function ToastList() {
  const { t } = useTranslation('core');
  const { toasts } = BaseToast.useToastManager();
  return toasts.map((toast) => (
    <BaseToast.Root
      key={toast.id}
      toast={toast}
      className="float flex w-full items-start gap-2.5 rounded-card py-2.5 pr-1.5 pl-3 data-ending-style:opacity-0 data-limited:hidden"
    >
      {toast.type === 'failed' ? (
        <CircleAlert size={16} className="mt-0.5 shrink-0 text-status-failed" aria-hidden="true" />
      ) : (
        <CircleCheck size={16} className="mt-0.5 shrink-0 text-status-success" aria-hidden="true" />
      )}
      <BaseToast.Content className="min-w-0 flex-1">
        <BaseToast.Title className="text-body font-medium break-words" />
        <BaseToast.Description className="text-secondary break-words text-text-2" />
      </BaseToast.Content>
      {toast.actionProps ? <BaseToast.Action className={buttonClass('quiet', 'sm', 'text-accent!')} /> : null}
      <BaseToast.Close aria-label={t('ui.close')} className={buttonClass('quiet', 'sm', 'w-7 px-0!')}>
        <X size={14} />
      </BaseToast.Close>
    </BaseToast.Root>
  ));
}

/** Mounted once by the shell; toasts are reached with F6. */
export function Toaster() {
  const { t } = useTranslation('core');
  return (
    <BaseToast.Provider toastManager={manager} limit={4}>
      <BaseToast.Portal>
        <BaseToast.Viewport
          aria-label={t('ui.notifications')}
          className="fixed right-4 bottom-4 z-50 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2 outline-none"
        >
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}
