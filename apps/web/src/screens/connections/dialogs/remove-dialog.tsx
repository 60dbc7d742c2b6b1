import { ApiError } from '@millwright/client';
import type { CredentialView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import { Notice } from '../parts/notice.tsx';
import { useRemoveConnection } from '../connection-queries.ts';
import { appOf } from '../connection-words.ts';
import { UseList } from '../../../ui/use-list.tsx';

/** Deletes a connection; while workflows use it, says which, and deletes nothing. */
export function RemoveDialog({ connection, onClose }: { readonly connection: CredentialView; readonly onClose: () => void }) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const remove = useRemoveConnection();
  const { name } = connection;
  const refused = remove.error instanceof ApiError && remove.error.code === 'credential_in_use' ? remove.error.uses : null;
  const uses = refused ?? connection.usedBy;
  const other = remove.error && refused === null ? errorWords(remove.error, core.t) : null;
  const confirm = (): void =>
    remove.mutate(connection.id, {
      onSuccess: () => {
        showToast({ title: t('remove.done', { name }) });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={uses.length > 0 ? t('remove.refusedTitle', { name }) : t('remove.title', { name })}
      description={uses.length > 0 ? t('remove.refused', { count: uses.length }) : t('remove.body', { app: appOf(connection) })}
      actions={
        uses.length > 0 ? (
          <Button onClick={onClose}>{core.t('ui.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
            <Button variant="danger" busy={remove.isPending} onClick={confirm}>
              {t('remove.action')}
            </Button>
          </>
        )
      }
    >
      {uses.length > 0 ? (
        <div className="mt-3">
          <UseList uses={uses} words={{ live: t('uses.live'), draft: t('uses.draft') }} />
        </div>
      ) : null}
      {other ? (
        <div className="mt-3">
          <Notice tone="bad" title={other.what}>
            {other.next}
          </Notice>
        </div>
      ) : null}
    </Dialog>
  );
}
