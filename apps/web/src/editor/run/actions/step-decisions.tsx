import type { AttemptView } from '@millwright/contracts';
import { useMutation } from '@tanstack/react-query';
import { CircleHelp, FastForward } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useCan } from '../../../api/session.ts';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import type { StepRun } from '../../core/state/overlay-store.ts';
import { useTexts } from '../../texts.ts';
import { SettleDialog } from './settle-dialog.tsx';

function GoOnNow({ runId, run, kind }: { readonly runId: string; readonly run: StepRun; readonly kind: 'retry' | 'timer' }) {
  const { t } = useTexts();
  const tellError = useErrorToast();
  const go = useMutation({
    mutationFn: () => api.runs.retryNow({ runId, nodeId: run.nodeId, runIndex: run.runIndex }),
    onSuccess: () => showToast({ title: t(`stepAction.${kind}Done`) }),
    onError: tellError,
  });
  return (
    <Button size="sm" busy={go.isPending} onClick={() => go.mutate()} className="self-start">
      <FastForward size={14} aria-hidden="true" />
      {t(`stepAction.${kind}`)}
    </Button>
  );
}

/** What a person can do about a step that waits: try now, or say what became of a lost request. */
export function StepDecisions({
  runId,
  run,
  attempts,
}: {
  readonly runId: string;
  readonly run: StepRun;
  readonly attempts: readonly AttemptView[];
}) {
  const { t } = useTexts();
  const canWrite = useCan('runs.write');
  const [settles, setSettles] = useState(false);
  const kind = run.status === 'waiting' ? run.waitsFor?.kind : undefined;
  if (kind === 'outcome') {
    return (
      <div className="flex flex-col gap-2 rounded-control border border-status-waiting/40 bg-status-waiting/8 p-2.5 text-body">
        <p>{t('settle.box')}</p>
        {canWrite ? (
          <Button size="sm" variant="primary" onClick={() => setSettles(true)} className="self-start">
            <CircleHelp size={14} aria-hidden="true" />
            {t('settle.open')}
          </Button>
        ) : (
          <p className="text-secondary text-text-2">{t('settle.noPermission')}</p>
        )}
        {settles ? <SettleDialog runId={runId} run={run} attempts={attempts} onClose={() => setSettles(false)} /> : null}
      </div>
    );
  }
  return canWrite && (kind === 'retry' || kind === 'timer') ? <GoOnNow runId={runId} run={run} kind={kind} /> : null;
}
