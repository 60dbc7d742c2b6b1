import type { VariableView } from '@millwright/contracts';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/session.ts';
import { useFormat } from '../../i18n/format.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { UseList } from '../../ui/use-list.tsx';
import { actionsColumn, type Column, Table } from '../../ui/table.tsx';
import { VariableDialog } from './variable-dialog.tsx';
import { useRemoveVariable } from './variable-mutations.ts';

/** Which workflows mention a variable. */
function UsesDialog({ variable, onClose }: { readonly variable: VariableView; readonly onClose: () => void }) {
  const { t } = useTranslation('variables');
  return (
    <Dialog open onOpenChange={onClose} title={t('uses.title', { key: variable.key })} description={t('uses.body')}>
      <div className="mt-3">
        <UseList uses={variable.usedIn} words={{ live: t('uses.live'), draft: t('uses.draft') }} />
      </div>
    </Dialog>
  );
}

function UsesCell({ variable }: { readonly variable: VariableView }) {
  const { t } = useTranslation('variables');
  const [isOpen, setOpen] = useState(false);
  const count = variable.usedIn.length;
  if (count === 0) return <span className="text-text-3">{t('uses.none')}</span>;
  return (
    <>
      <button
        type="button"
        aria-label={t('uses.open', { key: variable.key, count })}
        onClick={() => setOpen(true)}
        className="rounded-control text-accent underline underline-offset-2 pointer-coarse:min-h-11"
      >
        {t('uses.count', { count })}
      </button>
      {isOpen ? <UsesDialog variable={variable} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** The name; whoever may change the variable opens it here. */
function KeyCell({ variable }: { readonly variable: VariableView }) {
  const { t } = useTranslation('variables');
  const canWrite = useCan('variables.write');
  const [isOpen, setOpen] = useState(false);
  const { key } = variable;
  const look = 'block max-w-full truncate py-1.5 font-mono font-medium';
  if (!canWrite)
    return (
      <span className={look} title={key}>
        {key}
      </span>
    );
  return (
    <>
      <button
        type="button"
        aria-label={t('edit', { key })}
        title={key}
        onClick={() => setOpen(true)}
        className={`${look} rounded-control text-left text-accent underline underline-offset-2 pointer-coarse:min-h-11`}
      >
        {key}
      </button>
      {isOpen ? <VariableDialog variable={variable} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function RemoveCell({ variable }: { readonly variable: VariableView }) {
  const { t } = useTranslation('variables');
  const canWrite = useCan('variables.write');
  const [isAsking, setAsking] = useState(false);
  const remove = useRemoveVariable();
  if (!canWrite) return null;
  const { key } = variable;
  const live = variable.usedIn.filter((use) => use.isLive).length;
  return (
    <>
      <IconButton size="sm" label={t('remove', { key })} icon={<Trash2 size={14} />} onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={t('removeTitle', { key })}
        body={t('removeBody', { count: live })}
        action={t('removeAction')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync(key);
          showToast({ title: t('removeDone', { key }) });
        }}
      />
    </>
  );
}

/** Longest value in a row, characters. */
const SHOWN_LENGTH = 200;

function ValueCell({ variable }: { readonly variable: VariableView }) {
  const text = typeof variable.value === 'string' ? variable.value : JSON.stringify(variable.value);
  const shown = text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
  return (
    <span className="block min-w-0 truncate font-mono text-secondary" title={shown} dir="auto">
      {shown}
    </span>
  );
}

/** Every variable of the workspace. */
export function VariableTable({ variables }: { readonly variables: readonly VariableView[] }) {
  const { t } = useTranslation('variables');
  const format = useFormat();
  const columns: readonly Column<VariableView>[] = [
    {
      key: 'key',
      header: t('columns.key'),
      width: '26%',
      narrow: 'main',
      cell: (variable) => <KeyCell variable={variable} />,
    },
    { key: 'value', header: t('columns.value'), cell: (variable) => <ValueCell variable={variable} /> },
    { key: 'uses', header: t('columns.uses'), width: '130px', cell: (variable) => <UsesCell variable={variable} /> },
    {
      key: 'changed',
      header: t('columns.changed'),
      width: '170px',
      narrow: 'hide',
      wideOnly: true,
      cell: ({ updatedAt, updatedBy }) => (
        <time dateTime={updatedAt} title={format.exact(updatedAt)} className="block truncate text-text-3">
          {format.date(updatedAt)}
          {updatedBy === null ? '' : ` · ${updatedBy.name}`}
        </time>
      ),
    },
    actionsColumn(t('columns.actions'), (variable) => <RemoveCell variable={variable} />),
  ];
  return <Table label={t('title')} columns={columns} rows={variables} rowKey={({ key }) => key} />;
}
