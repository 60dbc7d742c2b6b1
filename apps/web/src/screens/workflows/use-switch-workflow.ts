import type { WorkflowSummary } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../ui/layers/toast.tsx';
import { useUpdateWorkflow } from './workflow-queries.ts';

/** Turns a workflow's triggers off and on; each says so in a toast, off with undo. */
export function useSwitchWorkflow({ id, name, liveVersion }: WorkflowSummary) {
  const { t } = useTranslation('workflows');
  const core = useTranslation('core');
  const update = useUpdateWorkflow();
  const turnOn = (): void =>
    update.mutate(
      { workflowId: id, active: true },
      {
        onSuccess: () => showToast({ title: t('turnOn.done', { name }), description: t('turnOn.doneHint', { version: liveVersion ?? 0 }) }),
      },
    );
  const turnOff = async (): Promise<void> => {
    await update.mutateAsync({ workflowId: id, active: false });
    showToast({
      title: t('turnOff.done', { name }),
      description: t('turnOff.doneHint'),
      action: { label: core.t('ui.undo'), onClick: turnOn },
    });
  };
  return { turnOn, turnOff };
}
