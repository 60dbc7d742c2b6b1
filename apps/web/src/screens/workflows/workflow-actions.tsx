import type { WorkflowSummary } from '@millwright/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Archive, Ellipsis, History, Pencil, Power, PowerOff, SquareArrowOutUpRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/session.ts';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { Menu, type MenuEntry } from '../../ui/layers/menu.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { useSwitchWorkflow } from './use-switch-workflow.ts';
import { useArchiveWorkflow } from './workflow-queries.ts';
import { showToast } from '../../ui/layers/toast.tsx';

type OpenDialog = 'rename' | 'turnOff' | 'archive' | null;

function useEntries(workflow: WorkflowSummary, open: (dialog: OpenDialog) => void, turnOn: () => void): readonly MenuEntry[] {
  const { t } = useTranslation('workflows');
  const navigate = useNavigate();
  const canEdit = useCan('workflows.edit');
  const canPublish = useCan('workflows.publish');
  const canArchive = useCan('workflows.archive');
  const { id, state } = workflow;
  return [
    {
      key: 'open',
      label: t('actions.open'),
      icon: <SquareArrowOutUpRight size={14} />,
      onSelect: () => void navigate({ to: '/workflows/$workflowId', params: { workflowId: id } }),
    },
    {
      key: 'runs',
      label: t('actions.runs'),
      icon: <History size={14} />,
      onSelect: () => void navigate({ to: '/runs', search: { workflow: id } }),
    },
    ...(canEdit ? [{ key: 'rename', label: t('actions.rename'), icon: <Pencil size={14} />, onSelect: () => open('rename') }] : []),
    ...(canPublish && state === 'live'
      ? [{ key: 'off', label: t('actions.turnOff'), icon: <PowerOff size={14} />, onSelect: () => open('turnOff') }]
      : []),
    ...(canPublish && state === 'off' ? [{ key: 'on', label: t('actions.turnOn'), icon: <Power size={14} />, onSelect: turnOn }] : []),
    ...(canArchive
      ? [
          { kind: 'separator', key: 'line' } as const,
          { key: 'archive', label: t('actions.archive'), icon: <Archive size={14} />, danger: true, onSelect: () => open('archive') },
        ]
      : []),
  ];
}

/** ⋯ of one workflow, with the dialogs that it opens. */
export function WorkflowActions({ workflow }: { readonly workflow: WorkflowSummary }) {
  const { t } = useTranslation('workflows');
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const switching = useSwitchWorkflow(workflow);
  const archive = useArchiveWorkflow();
  const entries = useEntries(workflow, setDialog, switching.turnOn);
  const close = (): void => setDialog(null);
  const { name } = workflow;
  return (
    <span className="relative z-1">
      <Menu
        align="end"
        entries={entries}
        trigger={
          <button type="button" className={buttonClass('quiet', 'sm', 'w-7 px-0!')} aria-label={t('actions.menu', { name })}>
            <Ellipsis size={16} aria-hidden="true" />
          </button>
        }
      />
      {dialog === 'rename' ? <RenameDialog workflow={workflow} onClose={close} /> : null}
      <ConfirmDialog
        open={dialog === 'turnOff'}
        onClose={close}
        title={t('turnOff.title', { name })}
        body={t('turnOff.body')}
        action={t('turnOff.action')}
        onConfirm={switching.turnOff}
      />
      <ConfirmDialog
        open={dialog === 'archive'}
        onClose={close}
        title={t('archive.title', { name })}
        body={t('archive.body')}
        action={t('archive.action')}
        danger
        onConfirm={async () => {
          await archive.mutateAsync(workflow.id);
          showToast({ title: t('archive.done', { name }) });
        }}
      />
    </span>
  );
}
