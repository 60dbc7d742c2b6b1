import type { WorkflowSummary } from '@millwright/contracts';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/button.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { useUpdateWorkflow } from './workflow-queries.ts';

const MAX_NAME_LENGTH = 200;

/** Renames a workflow; links and webhook URLs stay as they are. */
export function RenameDialog({ workflow, onClose }: { readonly workflow: WorkflowSummary; readonly onClose: () => void }) {
  const { t } = useTranslation('workflows');
  const core = useTranslation('core');
  const formId = useId();
  const [name, setName] = useState(workflow.name);
  const [faulty, setFaulty] = useState(false);
  const update = useUpdateWorkflow();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name.trim();
    setFaulty(wanted === '');
    if (wanted === '' || update.isPending) return;
    const tell = (): void => {
      showToast({ title: t('rename.done', { name: wanted }) });
      onClose();
    };
    if (wanted === workflow.name) onClose();
    else update.mutate({ workflowId: workflow.id, name: wanted }, { onSuccess: tell });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('rename.title')}
      actions={
        <>
          <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={update.isPending}>
            {t('rename.action')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="pt-2">
        <Field label={t('rename.label')} error={faulty ? t('rename.error') : undefined}>
          {(control) => (
            <TextInput
              {...control}
              value={name}
              maxLength={MAX_NAME_LENGTH}
              autoComplete="off"
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
