import type { RunSummary } from '@millwright/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { codeWords } from '../../api/error-words.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { Button } from '../../ui/controls/button.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { BULK_ACTIONS, type BulkAction, fitting } from './bulk-actions.ts';

/** What the server did not do, and why. */
interface Refused {
  readonly done: number;
  readonly runs: readonly { readonly runId: string; readonly name: string; readonly code: string }[];
}

function useBulk(onRefused: (refused: Refused) => void) {
  const { t } = useTranslation('runs');
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: ({ action, runs }: { readonly action: BulkAction; readonly runs: readonly RunSummary[] }) =>
      api.runs.bulk({ body: { action, runIds: runs.map((run) => run.id) } }),
    onSuccess: ({ accepted, refused }, { action, runs }) => {
      void queryClient.invalidateQueries({ queryKey: ['runs'] });
      const names = new Map(runs.map((run) => [run.id, run.workflowName]));
      if (refused.length === 0) showToast({ title: t(`bulk.${action}.done`, { count: accepted.length }) });
      else onRefused({ done: accepted.length, runs: refused.map(({ runId, code }) => ({ runId, code, name: names.get(runId) ?? runId })) });
    },
    onError: tellError,
  });
}

function RefusedDialog({ refused, onClose }: { readonly refused: Refused; readonly onClose: () => void }) {
  const { t } = useTranslation('runs');
  const core = useTranslation('core');
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('bulk.refusedTitle', { count: refused.runs.length })}
      description={t('bulk.refusedBody', { count: refused.done })}
      actions={
        <Button variant="primary" onClick={onClose}>
          {t('bulk.close')}
        </Button>
      }
    >
      <ul className="mt-3 flex max-h-72 flex-col gap-1 overflow-y-auto text-body">
        {refused.runs.map(({ runId, name, code }) => (
          <li key={runId} className="min-w-0">
            <span className="font-medium break-words">{name}</span> <span className="text-text-3">{runId.slice(-6)}</span>
            <span className="block text-secondary text-text-2">{codeWords(code, core.t)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** The consequence before the click; runs that the action makes no sense for are left out, and it says how many. */
function Question({
  action,
  chosen,
  onClose,
  onConfirm,
}: {
  readonly action: BulkAction;
  readonly chosen: readonly RunSummary[];
  readonly onClose: () => void;
  readonly onConfirm: (action: BulkAction) => Promise<void>;
}) {
  const { t } = useTranslation('runs');
  const count = fitting(action, chosen).length;
  const leftOut = chosen.length - count;
  const body = [t(`bulk.${action}.body`, { count }), leftOut > 0 ? t(`bulk.${action}.leftOut`, { count: leftOut }) : ''];
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(`bulk.${action}.title`, { count })}
      body={body.filter(Boolean).join(' ')}
      action={t(`bulk.${action}.action`, { count })}
      danger={action === 'cancel'}
      onConfirm={() => onConfirm(action)}
    />
  );
}

/** Above the list while runs are chosen: what can be done with all of them at once, with its consequence before the click. */
export function BulkBar({
  chosen,
  shown,
  onChoose,
}: {
  readonly chosen: readonly RunSummary[];
  readonly shown: readonly RunSummary[];
  readonly onChoose: (runIds: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation('runs');
  const [asks, setAsks] = useState<BulkAction | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const bulk = useBulk(setRefused);
  const act = async (action: BulkAction): Promise<void> => {
    await bulk.mutateAsync({ action, runs: fitting(action, chosen) });
    onChoose(new Set());
  };
  return (
    <>
      {chosen.length === 0 ? null : (
        <div
          role="region"
          aria-label={t('bulk.label')}
          className="flex flex-wrap items-center gap-2 border-b border-border bg-accent/6 px-3 py-2"
        >
          <span role="status" className="text-body font-medium">
            {t('bulk.chosen', { count: chosen.length })}
          </span>
          {BULK_ACTIONS.map((action) => (
            <Button key={action} size="sm" disabled={fitting(action, chosen).length === 0} onClick={() => setAsks(action)}>
              {t(`bulk.${action}.label`)}
            </Button>
          ))}
          <span className="ml-auto flex gap-1">
            {chosen.length < shown.length ? (
              <Button size="sm" variant="quiet" onClick={() => onChoose(new Set(shown.map((run) => run.id)))}>
                {t('bulk.all', { count: shown.length })}
              </Button>
            ) : null}
            <Button size="sm" variant="quiet" onClick={() => onChoose(new Set())}>
              {t('bulk.none')}
            </Button>
          </span>
        </div>
      )}
      {asks === null ? null : <Question action={asks} chosen={chosen} onClose={() => setAsks(null)} onConfirm={act} />}
      {refused ? <RefusedDialog refused={refused} onClose={() => setRefused(null)} /> : null}
    </>
  );
}
