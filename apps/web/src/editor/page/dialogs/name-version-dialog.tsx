import { ApiError } from '@millwright/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { errorWords } from '../../../api/error-words.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import { useEditor, useInterface } from '../../session-context.ts';
import type { DraftSync } from '../../sync/draft-sync.ts';
import { useTexts } from '../../texts.ts';
import { useNameVersion } from '../../versions/use-history.ts';

/** Naming the draft: what can be done now, what went wrong, and the doing of it. @param onDone called once it has its name */
function useNaming(sync: DraftSync, onDone: () => void) {
  const { workflowId, requests } = useEditor();
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const save = useStore(sync.state, (state) => state.save);
  const naming = useNameVersion(workflowId);
  const isOffline = save === 'offline' || save === 'problem';
  const isBusy = naming.isPending || save === 'saving';
  const keep = (name: string): void => {
    if (name === '' || isOffline || isBusy) return;
    naming.mutate(name, {
      onSuccess: () => {
        onDone();
        showToast({
          title: t('versions.named', { name }),
          action: { label: t('versions.open'), onClick: () => requests.openVersions?.() },
        });
      },
    });
  };
  const words = naming.error ? errorWords(naming.error, core) : null;
  const isFull = naming.error instanceof ApiError && naming.error.code === 'restore_points_full';
  const error = isFull ? t('versions.full') : words ? `${words.what} ${words.next}` : isOffline ? t('versions.offline') : undefined;
  return { keep, error, isOffline, isBusy };
}

function NameForm({ sync, onClose }: { readonly sync: DraftSync; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { keep, error, isOffline, isBusy } = useNaming(sync, onClose);
  const [name, setName] = useState('');
  const trimmed = name.trim();
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('versions.nameTitle')}
      description={t('versions.nameHint')}
      actions={
        <>
          <Button onClick={onClose}>{core('ui.cancel')}</Button>
          <Button variant="primary" disabled={trimmed === '' || isOffline} busy={isBusy} onClick={() => keep(trimmed)}>
            {t('versions.saveName')}
          </Button>
        </>
      }
    >
      <form
        className="pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          keep(trimmed);
        }}
      >
        <Field label={t('versions.nameField')} error={error}>
          {(control) => <TextInput {...control} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}

/** Keeps the draft as it is now under a name; nothing is published. */
export function NameVersionDialog({ sync }: { readonly sync: DraftSync }) {
  const { ui } = useEditor();
  const isOpen = useInterface((state) => state.dialog === 'nameVersion');
  return isOpen ? <NameForm sync={sync} onClose={() => ui.setState({ dialog: null })} /> : null;
}
