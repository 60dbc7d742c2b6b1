import type { CredentialTypeView, CredentialView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../../ui/states/skeleton.tsx';
import { ConnectionForm } from '../connect/connection-form.tsx';
import { connectionTypesQuery, type ConnectionInput, useChangeConnection } from '../connection-queries.ts';

/** Which form: the name alone needs no installed kind. */
interface EditProps {
  readonly connection: CredentialView;
  readonly onClose: () => void;
  /** Told what the connection is after it was saved. */
  readonly onSaved: (connection: CredentialView) => void;
}

function Form({
  id,
  type,
  connection,
  change,
  onSubmit,
}: {
  readonly id: string;
  readonly type: CredentialTypeView | undefined;
  readonly connection: CredentialView;
  readonly change: ReturnType<typeof useChangeConnection>;
  readonly onSubmit: (input: ConnectionInput) => void;
}) {
  const { t } = useTranslation('connections');
  if (type === undefined) return <p className="mt-3 text-text-2">{t('edit.notInstalled')}</p>;
  return (
    <ConnectionForm
      id={id}
      type={type}
      connection={connection}
      suggestedName={connection.name}
      error={change.error}
      onSubmit={(input) => (change.isPending ? undefined : onSubmit(input))}
    />
  );
}

/** Renames a connection, and replaces its secrets: what is stored is never shown. */
export function EditDialog({ connection, onClose, onSaved }: EditProps) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const id = useId();
  const types = useQuery(connectionTypesQuery);
  const change = useChangeConnection(connection.id);
  const type = types.data?.items.find((candidate) => candidate.type === connection.type);
  const save = (input: ConnectionInput): void =>
    change.mutate(input, {
      onSuccess: (saved) => {
        showToast({ title: t('edit.done', { name: saved.name }) });
        onClose();
        onSaved(saved);
      },
    });
  const hasSecrets = connection.secretFields.length > 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('edit.title', { name: connection.name })}
      description={hasSecrets ? t('edit.body') : t('edit.bodyNoSecrets')}
      actions={
        <>
          <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
          {type === undefined ? null : (
            <Button type="submit" form={id} variant="primary" busy={change.isPending}>
              {t('edit.save')}
            </Button>
          )}
        </>
      }
    >
      {types.data ? (
        <Form id={id} type={type} connection={connection} change={change} onSubmit={save} />
      ) : types.isError ? (
        <ErrorState compact title={core.t('errors.title')} words={errorWords(types.error, core.t)} onRetry={() => void types.refetch()} />
      ) : (
        <SkeletonRows rows={3} />
      )}
    </Dialog>
  );
}
