import type { Problem } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { api } from '../api/client.ts';
import { errorWords } from '../api/error-words.ts';
import { useCan } from '../api/session.ts';
import { usePageTitle } from '../router/use-page-title.ts';
import { ErrorState } from '../ui/states/error-state.tsx';
import { useMedia } from '../ui/use-media.ts';
import { GraphCanvas } from './canvas/graph-canvas.tsx';
import { soleSelection } from './core/state/interface-store.ts';
import { createFieldTargetStore, FieldTargetContext, type FieldTargetStore } from './inspector/field-target.ts';
import { PreviewContext, type PreviewState } from './inspector/preview-context.ts';
import { type Samples, upstreamNodes } from './inspector/samples.ts';
import { workflowQuery } from './inspector/webhook/endpoint.ts';
import { ArrangeBar } from './page/on-canvas/arrange-bar.tsx';
import { CanvasToolbar } from './page/canvas-toolbar.tsx';
import { EditorTopBar } from './page/editor-top-bar.tsx';
import { PaneBoundary } from './page/pane-boundary.tsx';
import {
  CommandPalette,
  Drawer,
  ExtractDialog,
  Inspector,
  NameVersionDialog,
  Picker,
  PublishDialog,
  RemoveFrameDialog,
  ReplacedDialog,
  ShortcutSheet,
  StartPanel,
  TestEventDialog,
  usePartsAhead,
  WorkflowSettingsDialog,
  LeftPanel,
} from './page/parts.tsx';
import { LiveRegion } from './page/live-region.tsx';
import { OpeningCanvas } from './page/opening.tsx';
import { useEditorSession, useIsNewer, useOpenedDraft } from './page/session/use-editor-session.ts';
import { useProblems } from './page/session/use-problems.ts';
import { useCatalog, useNodeTypeChanges } from './page/session/use-session-parts.ts';
import { usePasteFaults } from './page/session/use-paste-faults.ts';
import { SyncNotice } from './page/sync-notice.tsx';
import { useShortcuts } from './page/session/use-shortcuts.ts';
import { ViewMemory } from './page/on-canvas/view-memory.ts';
import { SourceFaultsContext, useSourceFaultMap } from './source-faults/source-faults.ts';
import { SessionContext, useDocument, useEditor, useInterface } from './session-context.ts';
import type { DraftSync } from './sync/draft-sync.ts';
import { useTexts } from './texts.ts';

const NO_SAMPLES: Samples = {};

/** Windows in which a workflow is read, not edited: there is no room for the canvas and a step beside each other. */
const NARROW = '(width < 768px)';

/** Says why nothing can be changed in a narrow window. */
function NarrowNotice() {
  const { t } = useTexts();
  const canEdit = useCan('workflows.edit');
  if (!useMedia(NARROW) || !canEdit) return null;
  return (
    <p role="note" className="border-b border-border bg-raised px-3 py-2 text-secondary">
      {t('page.narrow')}
    </p>
  );
}

/** The data that previews of the selected step use. */
function usePreview(): PreviewState {
  const { workflowId } = useEditor();
  const nodeId = useInterface(soleSelection) ?? '';
  const isAsked = useInterface((state) => state.selectedNodes.size > 0 || state.drawer !== null || state.leftPanel !== null);
  const [itemIndex, setItemIndex] = useState(0);
  const { data } = useQuery({
    queryKey: ['samples', workflowId],
    queryFn: ({ signal }) => api.workflows.samples({ workflowId }, { signal }),
    // Nothing shows data before a step is chosen or the data is opened.
    enabled: isAsked,
  });
  const samples = data?.nodes ?? NO_SAMPLES;
  return useMemo(() => ({ nodeId, samples, itemIndex, setItemIndex }), [nodeId, samples, itemIndex]);
}

/** The first time that a field takes data, the panel with the data opens by itself; closing it is respected. */
function useDataOnDemand(target: FieldTargetStore): void {
  const { ui, draft } = useEditor();
  useEffect(() => {
    let isDone = false;
    return target.subscribe((state) => {
      const nodeId = soleSelection(ui.getState());
      if (isDone || !state.target || nodeId === null || upstreamNodes(draft.document(), nodeId).length === 0) return;
      isDone = true;
      if (ui.getState().drawer === null) ui.setState({ drawer: 'data' });
    });
  }, [target, ui, draft]);
}

/** Keys work as soon as the editor is there, unless somebody is already somewhere on the page. */
function useKeyboardAtCanvas(): void {
  const { camera } = useEditor();
  useEffect(() => {
    const at = document.activeElement;
    if (at === null || at === document.body || at.id === 'content') camera.current?.focus();
  }, [camera]);
}

function Title() {
  usePageTitle(useDocument().name);
  return null;
}

/** The canvas and what lies on it. */
function CanvasPane() {
  return (
    <>
      <GraphCanvas />
      <ViewMemory />
      <ArrangeBar />
      <StartPanel />
      <CanvasToolbar />
    </>
  );
}

function EditorBody({ sync, problems }: { readonly sync: DraftSync; readonly problems: readonly Problem[] }) {
  const [target] = useState(createFieldTargetStore);
  const preview = usePreview();
  const nodeId = preview.nodeId;
  useDataOnDemand(target);
  useKeyboardAtCanvas();
  usePartsAhead();
  useEffect(() => target.setState({ target: null }), [target, nodeId]);
  return (
    <FieldTargetContext value={target}>
      <PreviewContext value={preview}>
        <Title />
        <EditorTopBar sync={sync} problems={problems} />
        <NarrowNotice />
        <SyncNotice sync={sync} />
        <div className="relative flex min-h-0 flex-1">
          <PaneBoundary pane="leftPanel">
            <LeftPanel problems={problems} />
          </PaneBoundary>
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            <div className="relative min-h-0 flex-1">
              <PaneBoundary pane="canvas">
                <CanvasPane />
              </PaneBoundary>
            </div>
            <PaneBoundary pane="drawer">
              <Drawer problems={problems} />
            </PaneBoundary>
          </div>
          <PaneBoundary pane="inspector" resetKey={nodeId}>
            <Inspector problems={problems} />
          </PaneBoundary>
        </div>
        <Picker />
        <PublishDialog sync={sync} />
        <NameVersionDialog sync={sync} />
        <TestEventDialog />
        <CommandPalette />
        <ShortcutSheet />
        <WorkflowSettingsDialog />
        <RemoveFrameDialog />
        <ReplacedDialog />
        <ExtractDialog />
      </PreviewContext>
    </FieldTargetContext>
  );
}

function Refused() {
  const { t } = useTranslation('editor');
  return (
    <ErrorState
      title={t('page.refused')}
      words={{ what: t('page.refusedWhat'), next: t('page.refusedNext') }}
      onRetry={() => window.location.reload()}
    />
  );
}

/** The editor of one workflow. @param workflowId id of the workflow; give the component a `key` of it */
export function EditorPage({ workflowId }: { readonly workflowId: string }) {
  const { t: core } = useTranslation('core');
  const { data, error, refetch } = useQuery(workflowQuery(workflowId));
  const catalog = useCatalog();
  const opened = useOpenedDraft(workflowId);
  useNodeTypeChanges(opened?.sync);
  const isNarrow = useMedia(NARROW);
  const isNewer = useIsNewer(opened?.sync);
  const isReadOnly = !useCan('workflows.edit') || isNarrow || isNewer;
  const problems = useProblems(workflowId, opened);
  const { session, announcements } = useEditorSession(opened?.draft ?? null, {
    workflowId,
    catalog: catalog.catalog,
    isReadOnly,
    problems,
    sync: opened?.sync,
  });
  const faults = useSourceFaultMap(problems);
  useShortcuts(session);
  usePasteFaults(session);
  // What is open stays open when the server goes away: people go on working.
  const failed = (data ? null : error) ?? (catalog.catalog ? null : catalog.error);
  if (failed)
    return <ErrorState title={core('errors.title')} words={errorWords(failed, core)} onRetry={() => (void refetch(), catalog.retry())} />;
  if (!session || !opened) return <OpeningCanvas />;
  return (
    <SessionContext value={session}>
      <SourceFaultsContext value={faults}>
        <Opened sync={opened.sync} problems={problems} />
      </SourceFaultsContext>
      <LiveRegion store={announcements} />
    </SessionContext>
  );
}

/** Waits for the content: nothing is drawn, and nothing can be changed, before it is there. */
function Opened({ sync, problems }: { readonly sync: DraftSync; readonly problems: readonly Problem[] }) {
  const { isReady, isRefused } = useStore(sync.state);
  if (isRefused && !isReady) return <Refused />;
  return isReady ? <EditorBody sync={sync} problems={problems} /> : <OpeningCanvas />;
}
