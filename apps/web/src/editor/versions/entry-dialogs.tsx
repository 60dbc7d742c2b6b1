import type { HistoryEntryView } from '@millwright/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { useTexts } from '../texts.ts';
import { entryTitle } from './entry-words.ts';
import { DRAFT_ID, useHistoryMoves } from './use-history.ts';

/** What is asked about a state. */
export interface Question {
  readonly kind: 'restore' | 'publish' | 'rename';
  readonly entry: HistoryEntryView;
}

interface DialogsProps {
  readonly workflowId: string;
  readonly question: Question | null;
  readonly onClose: () => void;
  /** After a restore: what the draft said before, and what it says now, side by side. */
  readonly onCompare: (next: { readonly before: string; readonly after: string }) => void;
}

function RenameDialog({
  workflowId,
  entry,
  onClose,
}: {
  readonly workflowId: string;
  readonly entry: HistoryEntryView;
  readonly onClose: () => void;
}) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { rename } = useHistoryMoves(workflowId);
  const [name, setName] = useState(entry.kind === 'point' ? (entry.name ?? '') : '');
  const trimmed = name.trim();
  const save = (next: string | null): void => rename.mutate({ entryId: entry.id, name: next }, { onSuccess: onClose });
  const isNamed = entry.kind === 'point' && entry.name !== null;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('versions.renameTitle')}
      description={t('versions.renameHint')}
      actions={
        <>
          {isNamed ? (
            <Button variant="quiet" busy={rename.isPending} onClick={() => save(null)}>
              {t('versions.forgetName')}
            </Button>
          ) : null}
          <Button onClick={onClose}>{core('ui.cancel')}</Button>
          <Button variant="primary" disabled={trimmed === ''} busy={rename.isPending} onClick={() => save(trimmed)}>
            {t('versions.saveName')}
          </Button>
        </>
      }
    >
      <form
        className="pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed !== '') save(trimmed);
        }}
      >
        <Field label={t('versions.nameField')}>
          {(control) => <TextInput {...control} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}

/** Consequences before the click: restoring, publishing again, naming. */
export function EntryDialogs({ workflowId, question, onClose, onCompare }: DialogsProps) {
  const { t } = useTexts();
  const format = useFormat();
  const navigate = useNavigate();
  const moves = useHistoryMoves(workflowId);
  if (question === null) return null;
  const { kind, entry } = question;
  const title = entryTitle(entry, t, format);
  if (kind === 'rename') return <RenameDialog workflowId={workflowId} entry={entry} onClose={onClose} />;
  const openEditor = {
    label: t('versions.openEditor'),
    onClick: () => void navigate({ to: '/workflows/$workflowId', params: { workflowId } }),
  };
  const restore = async (): Promise<void> => {
    const { before } = await moves.restore.mutateAsync(entry.id);
    onCompare({ before, after: DRAFT_ID });
    showToast({ title: t('versions.restored', { title }), description: t('versions.restoredHint'), action: openEditor });
  };
  const publish = async (): Promise<void> => {
    const { version } = await moves.publish.mutateAsync(entry.id);
    showToast({ title: t('versions.published', { number: version.number }), description: t('versions.publishedHint') });
  };
  return kind === 'restore' ? (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('versions.restoreTitle', { title })}
      body={t('versions.restoreBody', { title })}
      action={t('versions.restore')}
      onConfirm={restore}
    />
  ) : (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('versions.publishTitle', { title })}
      body={t('versions.publishBody', { title })}
      action={t('versions.publish')}
      onConfirm={publish}
    />
  );
}
