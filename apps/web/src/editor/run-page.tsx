import { ApiError } from '@millwright/client';
import type { RunSummary } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { errorWords } from '../api/error-words.ts';
import { usePageTitle } from '../router/use-page-title.ts';
import { TopBar } from '../shell/top-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { Pill } from '../ui/states/pill.tsx';
import { StatusBadge } from '../ui/states/status-badge.tsx';
import { statusOf } from '../ui/states/status-glyph.tsx';
import { GraphCanvas } from './canvas/graph-canvas.tsx';
import { CanvasToolbar } from './page/canvas-toolbar.tsx';
import { PaneBoundary } from './page/pane-boundary.tsx';
import { CommandPalette, ShortcutSheet, LeftPanel } from './page/parts.tsx';
import { LiveRegion } from './page/live-region.tsx';
import { OpeningCanvas } from './page/opening.tsx';
import { useCatalog } from './page/session/use-session-parts.ts';
import { useShortcuts } from './page/session/use-shortcuts.ts';
import { ViewMemory } from './page/on-canvas/view-memory.ts';
import { RunMenu } from './run/actions/run-menu.tsx';
import { RunBanner } from './run/run-banner.tsx';
import { RunPanel } from './run/run-panel.tsx';
import { useRunAnnouncements } from './run/use-run-announcements.ts';
import { type StreamState, useLiveRun, useRunSession } from './run/use-run.ts';
import { SessionContext } from './session-context.ts';
import { useTexts } from './texts.ts';

/** Characters of a run's id that are shown: enough to tell runs apart. */
const SHORT_ID = 6;

/** A run that was just accepted is durable before it can be read: its row comes with the first flush of its ledger. */
const PATIENCE = {
  retry: (failures: number, error: Error) =>
    failures < 8 && error instanceof ApiError && (error.status === 404 || error.status === 0 || error.status >= 500),
  retryDelay: 300,
} as const;

function RunTopBar({
  run,
  stream,
  onRun,
}: {
  readonly run: RunSummary;
  readonly stream: StreamState;
  readonly onRun: (run: RunSummary) => void;
}) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  return (
    <TopBar
      crumbs={[
        { label: core('nav.runs'), link: { to: '/runs' } },
        { label: run.workflowName, link: { to: '/workflows/$workflowId', params: { workflowId: run.workflowId } } },
        { label: <h1 tabIndex={-1}>{core('nav.run', { id: run.id.slice(-SHORT_ID) })}</h1> },
      ]}
      status={
        <span role="status" className="flex items-center gap-2">
          <StatusBadge status={statusOf(run.status, run.waitsFor)} />
          {stream === 'live' ? <Pill tone="accent">{t('run.live')}</Pill> : null}
          {stream === 'lost' ? <Pill tone="warning">{t('run.lost')}</Pill> : null}
        </span>
      }
      actions={<RunMenu run={run} onRun={onRun} />}
    />
  );
}

/** One run on the canvas of the version that ran, live until it ends. @param runId id of the run; give the component a `key` of it */
export function RunPage({ runId }: { readonly runId: string }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { data, error, refetch } = useQuery({
    queryKey: ['runs', 'one', runId],
    queryFn: ({ signal }) => api.runs.get({ runId }, { signal }),
    ...PATIENCE,
  });
  const catalog = useCatalog();
  const { session, announcements } = useRunSession(data, catalog.catalog);
  const { run, stream, take } = useLiveRun(data, session?.overlay);
  const isPaused = run?.waitsFor?.kind === 'pause';
  useEffect(() => session?.overlay.setState({ isPaused }), [session, isPaused]);
  useShortcuts(session);
  useRunAnnouncements(session, run);
  usePageTitle(run ? t('run.title', { name: run.workflowName, status: core(`status.${statusOf(run.status, run.waitsFor)}`) }) : '');
  const failed = (data ? null : error) ?? (catalog.catalog ? null : catalog.error);
  if (failed)
    return <ErrorState title={core('errors.title')} words={errorWords(failed, core)} onRetry={() => (void refetch(), catalog.retry())} />;
  if (!session || !run) return <OpeningCanvas />;
  return (
    <SessionContext value={session}>
      <RunTopBar run={run} stream={stream} onRun={take} />
      <RunBanner run={run} />
      <div className="relative flex min-h-0 flex-1 max-md:flex-col">
        <PaneBoundary pane="leftPanel" hasSafeOpen={false}>
          <LeftPanel />
        </PaneBoundary>
        <div className="relative min-h-0 min-w-0 flex-1">
          <PaneBoundary pane="canvas" hasSafeOpen={false}>
            <GraphCanvas />
            <ViewMemory />
            <CanvasToolbar />
          </PaneBoundary>
        </div>
        <PaneBoundary pane="inspector" hasSafeOpen={false}>
          <RunPanel runId={runId} />
        </PaneBoundary>
      </div>
      <CommandPalette />
      <ShortcutSheet />
      <LiveRegion store={announcements} />
    </SessionContext>
  );
}
