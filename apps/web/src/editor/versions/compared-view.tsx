import type { HistoryEntryView } from '@millwright/contracts';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import type { VersionsSearch } from '../../router/search-params.ts';
import { useFormat } from '../../i18n/format.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { GraphCanvas } from '../canvas/graph-canvas.tsx';
import { type Comparison, compareDocuments } from '../core/graph/comparison.ts';
import { CanvasToolbar } from '../page/canvas-toolbar.tsx';
import { LiveRegion } from '../page/live-region.tsx';
import { PaneBoundary } from '../page/pane-boundary.tsx';
import { useCatalog } from '../page/session/use-session-parts.ts';
import { useShortcuts } from '../page/session/use-shortcuts.ts';
import { CommandPalette, LeftPanel, ShortcutSheet } from '../page/parts.tsx';
import { SessionContext } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { ChangeTable } from './change-table.tsx';
import { ComparisonBar } from './comparison-bar.tsx';
import { entryTitle } from './entry-words.ts';
import type { Compared } from './use-compared.ts';
import { type ComparisonSession, useComparisonSession } from './use-comparison-session.ts';
import { useWorkflowState, type WorkflowState } from './use-history.ts';

/** Windows with room for a canvas beside the list. */
const WIDE = '(width >= 768px)';

interface ComparedViewProps {
  readonly workflowId: string;
  readonly compared: Compared;
  readonly hidesMoved: boolean;
  readonly onCompare: (next: VersionsSearch) => void;
  readonly onRestore: (entry: HistoryEntryView) => void;
}

/** Both states, and what differs between them; null while one of them is read. */
function useComparison({ workflowId, compared, hidesMoved }: Pick<ComparedViewProps, 'workflowId' | 'compared' | 'hidesMoved'>) {
  const before = useWorkflowState(workflowId, compared.before);
  const after = useWorkflowState(workflowId, compared.after);
  const earlier = before.data?.document;
  const later = after.data?.document;
  const comparison = useMemo<Comparison | null>(
    () => (earlier && later ? compareDocuments(earlier, later, { hidesMoved }) : null),
    [earlier, later, hidesMoved],
  );
  return { before, after, comparison };
}

/** Tells what is compared, and in how many places it differs. */
function useTold(session: ComparisonSession | null, before: WorkflowState | undefined, after: WorkflowState | undefined): void {
  const { t } = useTexts();
  const format = useFormat();
  const from = before && entryTitle(before.entry, t, format);
  const to = after && entryTitle(after.entry, t, format);
  useEffect(() => {
    const { comparison } = session?.comparison.getState() ?? {};
    if (!session || !comparison || from === undefined || to === undefined) return;
    session.say({ key: 'versions.say.compared', values: { from, to, count: comparison.groups.length } });
  }, [session, from, to]);
}

function ComparedCanvas() {
  return (
    <div className="relative flex min-h-0 flex-1">
      <PaneBoundary pane="leftPanel" hasSafeOpen={false}>
        <LeftPanel />
      </PaneBoundary>
      <div className="relative min-h-0 min-w-0 flex-1">
        <PaneBoundary pane="canvas" hasSafeOpen={false}>
          <GraphCanvas />
          <CanvasToolbar />
        </PaneBoundary>
      </div>
    </div>
  );
}

/** Two states of a workflow on one canvas, and every change in a table below. */
export function ComparedView({ workflowId, compared, hidesMoved, onCompare, onRestore }: ComparedViewProps) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const canEdit = useCan('workflows.edit');
  const isWide = useMedia(WIDE);
  const { catalog, error: catalogError, retry } = useCatalog();
  const { before, after, comparison } = useComparison({ workflowId, compared, hidesMoved });
  const { session, announcements } = useComparisonSession(workflowId, comparison, catalog);
  useShortcuts(session);
  useTold(session, before.data, after.data);
  const failed = before.error ?? after.error ?? (catalog ? null : catalogError);
  const again = (): void => (void before.refetch(), void after.refetch(), retry());
  if (failed && !comparison)
    return (
      <div className="min-w-0 flex-1">
        <ErrorState title={t('versions.failed')} words={errorWords(failed, core)} onRetry={again} />
      </div>
    );
  if (!session || !comparison || !before.data || !after.data)
    return (
      <div className="min-w-0 flex-1">
        <SkeletonRows rows={5} />
      </div>
    );
  return (
    <SessionContext value={session}>
      <section aria-label={t('versions.comparison')} className="flex min-h-0 min-w-0 flex-1 flex-col max-md:flex-none">
        <ComparisonBar
          comparison={comparison}
          before={before.data.entry}
          after={after.data.entry}
          hidesMoved={hidesMoved}
          onHideMoved={(hides) => onCompare({ moved: hides ? 'hide' : undefined })}
          onRestore={canEdit ? onRestore : null}
        />
        {isWide ? <ComparedCanvas /> : null}
        <div className="overflow-y-auto border-t border-border bg-surface md:h-[38%] md:min-h-40">
          <ChangeTable comparison={comparison} store={session.comparison} />
        </div>
      </section>
      <CommandPalette />
      <ShortcutSheet />
      <LiveRegion store={announcements} />
    </SessionContext>
  );
}
