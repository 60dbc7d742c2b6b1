import { ApiError } from '@millwright/client';
import type { ConnectorView } from '@millwright/contracts';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { UseList } from '../../ui/use-list.tsx';
import { useRemoveConnector } from './connector-queries.ts';

function RemoveDialog({ connector: { key, title }, onClose }: { readonly connector: ConnectorView; readonly onClose: () => void }) {
  const { t } = useTranslation('connectors');
  const core = useTranslation('core');
  const tellError = useErrorToast();
  const remove = useRemoveConnector();
  const uses = remove.error instanceof ApiError ? remove.error.uses : [];
  const confirm = (): void =>
    remove.mutate(key, {
      onSuccess: () => {
        showToast({ title: t('add.removed', { title }) });
        onClose();
      },
      onError: (error) => (error instanceof ApiError && error.uses.length > 0 ? undefined : tellError(error)),
    });
  const isUsed = uses.length > 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(isUsed ? 'add.inUseTitle' : 'add.removeTitle', { title })}
      description={t(isUsed ? 'add.inUse' : 'add.removeBody')}
      actions={
        isUsed ? (
          <Button onClick={onClose}>{core.t('ui.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
            <Button variant="danger" busy={remove.isPending} onClick={confirm}>
              {t('add.removeAction')}
            </Button>
          </>
        )
      }
    >
      {isUsed ? (
        <div className="mt-3">
          <UseList uses={uses} words={{ live: t('add.live'), draft: t('add.draft') }} />
        </div>
      ) : null}
    </Dialog>
  );
}

/** Removes a connector that was made of a description; while workflows have its steps, says which. */
export function RemoveConnector({ connector }: { readonly connector: ConnectorView }) {
  const { t } = useTranslation('connectors');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton size="sm" label={t('add.remove', { title: connector.title })} icon={<Trash2 size={14} />} onClick={() => setOpen(true)} />
      {isOpen ? <RemoveDialog connector={connector} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
