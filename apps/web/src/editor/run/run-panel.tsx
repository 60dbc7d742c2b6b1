import type { AttemptView, ConsoleLineView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { errorWords } from '../../api/error-words.ts';
import { useFormat } from '../../i18n/format.ts';
import { WaitsForText } from '../../screens/runs/waits-for.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { StatusBadge } from '../../ui/states/status-badge.tsx';
import { statusOf } from '../../ui/states/status-glyph.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { type StepRun, type StepOverlay } from '../core/state/overlay-store.ts';
import { soleSelection } from '../core/state/interface-store.ts';
import { useEditor, useInterface, useNode, useOverlay } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { StepDecisions } from './actions/step-decisions.tsx';
import { AttemptList, triesOf } from './attempt-list.tsx';
import { CalledRuns } from './called-runs.tsx';
import { ChildLink } from './child-link.tsx';
import { CredentialLink } from './credential-link.tsx';
import { ConsoleLines } from './console-lines.tsx';
import { FaultSource } from './fault-source.tsx';
import { PortDataView } from './port-data.tsx';
import { StepList } from './step-list.tsx';
import { errorText, placeText, reasonText } from './step-run-words.ts';

const ITEM_LIMIT = 200;
const NO_ATTEMPTS: readonly AttemptView[] = [];
const NO_LINES: readonly ConsoleLineView[] = [];

/** Data and tries of one activation. The status is part of the key: they are read again when the step went on. */
function useNodeRun(runId: string, { nodeId, runIndex, status, attempts }: StepRun) {
  return useQuery({
    queryKey: ['runs', 'node-run', runId, nodeId, runIndex, status, attempts],
    queryFn: ({ signal }) => api.runs.getNodeRun({ runId, nodeId, runIndex, itemLimit: ITEM_LIMIT }, { signal }),
  });
}

/** How the step stands, why, and what to do. */
function StepState({ runId, run }: { readonly runId: string; readonly run: StepRun }) {
  const texts = useTexts();
  const format = useFormat();
  const { data } = useNodeRun(runId, run);
  const node = useNode(run.nodeId);
  const error = run.error ? errorText(run.error, texts) : null;
  const reason = reasonText(run, texts);
  return (
    <div className="flex flex-col gap-2 px-4 pb-3">
      <p className="flex items-center gap-3">
        <StatusBadge status={statusOf(run.status, run.waitsFor)} />
        <span className="num text-secondary text-text-3" title={format.exact(run.startedAt)}>
          {format.time(run.startedAt)}
          {run.finishedAt === null ? '' : ` · ${format.duration(new Date(run.finishedAt).getTime() - new Date(run.startedAt).getTime())}`}
        </span>
      </p>
      {run.waitsFor ? (
        <p className="text-body text-text-2">
          <WaitsForText waitsFor={run.waitsFor} />
        </p>
      ) : null}
      <CredentialLink waitsFor={run.waitsFor} />
      {data && data.calledRuns.length > 0 ? <CalledRuns runs={data.calledRuns} /> : <ChildLink waitsFor={run.waitsFor} error={run.error} />}
      <StepDecisions runId={runId} run={run} attempts={data?.attempts ?? NO_ATTEMPTS} />
      {reason === '' ? null : <p className="text-body text-text-2">{reason}</p>}
      {error ? (
        <div role="alert" className="rounded-control border border-status-failed/40 bg-status-failed/8 p-2.5 text-body">
          <p className="font-medium break-words">{error.what}</p>
          {error.next === '' ? null : <p className="text-text-2">{error.next}</p>}
          {error.original === '' ? null : <p className="mt-1 text-secondary break-words text-text-2">{error.original}</p>}
          {run.error ? <p className="mt-1 font-mono text-meta text-text-3">{placeText(run.error, texts)}</p> : null}
          {run.error ? <FaultSource node={node} error={run.error} /> : null}
        </div>
      ) : null}
    </div>
  );
}

function StepData({ runId, run }: { readonly runId: string; readonly run: StepRun }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const node = useNode(run.nodeId);
  const [tab, setTab] = useState<'output' | 'input' | 'attempts' | 'console'>('output');
  const { data, error, refetch } = useNodeRun(runId, run);
  if (error && !data)
    return <ErrorState compact title={core('errors.title')} words={errorWords(error, core)} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={4} />;
  const tries = triesOf(data.attempts);
  const lines = data.console ?? NO_LINES;
  const count = <span className="num text-text-3">{tries.length}</span>;
  return (
    <Tabs
      label={t('run.data')}
      value={tab}
      onChange={setTab}
      panelClassName="flex min-h-0 flex-1 flex-col"
      tabs={[
        { value: 'output', label: t('run.output'), content: <PortDataView ports={data.outputs} node={node} side="outputs" /> },
        { value: 'input', label: t('run.input'), content: <PortDataView ports={data.inputs} node={node} side="inputs" /> },
        {
          value: 'attempts',
          label: t('run.attempts'),
          badge: tries.length > 0 ? count : null,
          content: <AttemptList attempts={tries} />,
        },
        ...(lines.length === 0
          ? []
          : [
              {
                value: 'console' as const,
                label: t('run.console'),
                badge: <span className="num text-text-3">{lines.length}</span>,
                content: <ConsoleLines lines={lines} />,
              },
            ]),
      ]}
    />
  );
}

/** Who opens a step with a failed pass came for that one. */
function shownFirst({ runs, last }: StepOverlay): StepRun {
  return runs.findLast((run) => run.status === 'failed') ?? last;
}

function StepRuns({ runId, nodeId, overlay }: { readonly runId: string; readonly nodeId: string; readonly overlay: StepOverlay }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const [wanted, setWanted] = useState<number | null>(null);
  const run = overlay.runs.find((candidate) => candidate.runIndex === wanted) ?? shownFirst(overlay);
  return (
    <>
      {overlay.runs.length > 1 ? (
        <div className="px-4 pb-2">
          <Select
            label={t('run.activation')}
            value={String(run.runIndex)}
            options={overlay.runs.map((candidate) => ({
              value: String(candidate.runIndex),
              label: t('run.activationNumber', { number: candidate.runIndex + 1, count: overlay.runs.length }),
              hint: core(`status.${statusOf(candidate.status, candidate.waitsFor)}`),
            }))}
            onChange={(value) => setWanted(Number(value))}
          />
        </div>
      ) : null}
      <StepState runId={runId} run={run} />
      <StepData key={`${nodeId}:${run.runIndex}`} runId={runId} run={run} />
    </>
  );
}

/** Beside the canvas of a run: the chosen step's input, output and tries, or the list of steps. */
export function RunPanel({ runId }: { readonly runId: string }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  const nodeId = useInterface(soleSelection);
  const node = useNode(nodeId ?? '');
  const overlay = useOverlay(nodeId ?? '');
  return (
    <aside
      aria-label={node ? node.name : t('run.steps')}
      className="flex min-h-0 w-[min(400px,45vw)] shrink-0 flex-col border-l border-border bg-surface [contain:layout_style] max-md:w-full"
    >
      {node ? (
        <>
          <header className="flex items-center gap-2 px-4 py-3">
            <h2 className="min-w-0 flex-1 truncate text-panel font-semibold">{node.name}</h2>
            <IconButton size="sm" label={t('run.back')} icon={<X size={16} />} onClick={() => ui.setState({ selectedNodes: new Set() })} />
          </header>
          {overlay ? (
            <StepRuns key={node.id} runId={runId} nodeId={node.id} overlay={overlay} />
          ) : (
            <p className="px-4 text-body text-text-2">{t('run.notReached')}</p>
          )}
        </>
      ) : (
        <>
          <header className="px-4 pt-3 pb-1">
            <h2 className="text-panel font-semibold">{t('run.steps')}</h2>
          </header>
          <StepList />
        </>
      )}
    </aside>
  );
}
