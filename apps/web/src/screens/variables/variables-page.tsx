import type { VariablesView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { Braces, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { variablesQuery } from '../../api/variables.ts';
import { Sheet } from '../../shell/page.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { NoPermission } from '../../ui/states/no-permission.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { EnvironmentList } from './environment-list.tsx';
import { VariableDialog } from './variable-dialog.tsx';
import { VariableTable } from './variable-table.tsx';

function Variables({ view, onAdd }: { readonly view: VariablesView; readonly onAdd: (() => void) | null }) {
  const { t } = useTranslation('variables');
  if (view.items.length > 0) return <VariableTable variables={view.items} />;
  return (
    <EmptyState
      art={<Braces size={28} aria-hidden="true" />}
      title={t('empty.title')}
      actions={
        onAdd === null ? undefined : (
          <Button variant="primary" onClick={onAdd}>
            {t('add')}
          </Button>
        )
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}

/** Values that all workflows of the workspace read, and what they may read of the server's environment. */
export function VariablesPage() {
  const { t } = useTranslation('variables');
  const core = useTranslation('core');
  const canRead = useCan('variables.read');
  const canWrite = useCan('variables.write');
  const [isAdding, setAdding] = useState(false);
  const variables = useQuery({ ...variablesQuery, enabled: canRead });
  if (!canRead) return <NoPermission title={t('forbiddenTitle')} />;
  const add = canWrite ? () => setAdding(true) : null;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60 text-text-2">
          <p>{t('intro')}</p>
          <p>{t('noSecrets')}</p>
        </div>
        {add !== null && (variables.data?.items.length ?? 0) > 0 ? (
          <Button variant="primary" onClick={add}>
            <Plus size={14} aria-hidden="true" />
            {t('add')}
          </Button>
        ) : null}
      </div>
      <Sheet>
        {variables.data !== undefined ? (
          <Variables view={variables.data} onAdd={add} />
        ) : variables.isError ? (
          <ErrorState title={core.t('errors.title')} words={errorWords(variables.error, core.t)} onRetry={() => void variables.refetch()} />
        ) : (
          <SkeletonRows rows={3} />
        )}
      </Sheet>
      <p className="mt-2 text-secondary text-text-3">{t('projects')}</p>
      {variables.data === undefined ? null : <EnvironmentList environment={variables.data.environment} />}
      {isAdding ? <VariableDialog variable={null} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
