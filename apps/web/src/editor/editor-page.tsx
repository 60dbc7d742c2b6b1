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
import { GraphCanvas } from './canvas/graph-canvas.tsx';
import { soleSelection } from './core/state/interface-store.ts';
import { createFieldTargetStore, FieldTargetContext, type FieldTargetStore } from './inspector/field-target.ts';
import { Inspector } from './inspector/inspector.tsx';
import { PreviewContext, type PreviewState } from './inspector/preview-context.ts';
import { type Samples, upstreamNodes } from './inspector/samples.ts';
import { TestEventDialog } from './inspector/webhook/test-event-dialog.tsx';
import { workflowQuery } from './inspector/webhook/endpoint.ts';
import { CanvasToolbar } from './page/canvas-toolbar.tsx';
import { CommandPalette } from './page/dialogs/command-palette.tsx';
import { Drawer } from './page/drawer.tsx';
import { EditorTopBar } from './page/editor-top-bar.tsx';
import { LiveRegion } from './page/live-region.tsx';
import { OpeningCanvas } from './page/opening.tsx';
import { PublishDialog } from './page/dialogs/publish-dialog.tsx';
import { RemoveFrameDialog } from './page/dialogs/remove-frame-dialog.tsx';
import { ShortcutSheet } from './page/dialogs/shortcut-sheet.tsx';
import { WorkflowSettingsDialog } from './page/dialogs/workflow-settings-dialog.tsx';
import { useEditorSession, useOpenedDraft } from './page/use-editor-session.ts';
import { useProblems } from './page/use-problems.ts';
import { useCatalog } from './page/use-session-parts.ts';
import { usePasteFaults } from './page/use-paste-faults.ts';
import { useShortcuts } from './page/use-shortcuts.ts';
import { Picker } from './picker/picker.tsx';
import { StartPanel } from './picker/start-panel.tsx';
import { SessionContext, useDocument, useEditor, useInterface } from './session-context.ts';
import type { DraftSync } from './sync/draft-sync.ts';

const NO_SAMPLES: Samples = {};

/** The data that previews of the selected step use. */
function usePreview(): PreviewState {
  const { workflowId } = useEditor();
  const nodeId = useInterface(soleSelection) ?? '';
  const [itemIndex, setItemIndex] = useState(0);
  const { data } = useQuery({
    queryKey: ['samples', workflowId],
    queryFn: ({ signal }) => api.workflows.samples({ workflowId }, { signal }),
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

function EditorBody({ sync, problems }: { readonly sync: DraftSync; readonly problems: readonly Problem[] }) {
  const [target] = useState(createFieldTargetStore);
  const preview = usePreview();
  const nodeId = preview.nodeId;
  useDataOnDemand(target);
  useKeyboardAtCanvas();
  useEffect(() => target.setState({ target: null }), [target, nodeId]);
  return (
    <FieldTargetContext value={target}>
      <PreviewContext value={preview}>
        <Title />
        <EditorTopBar sync={sync} problems={problems} />
        <div className="flex min-h-0 flex-1">
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            <div className="relative min-h-0 flex-1">
              <GraphCanvas />
              <StartPanel />
              <CanvasToolbar />
            </div>
            <Drawer problems={problems} />
          </div>
          <Inspector problems={problems} />
        </div>
        <Picker />
        <PublishDialog sync={sync} />
        <TestEventDialog />
        <CommandPalette />
        <ShortcutSheet />
        <WorkflowSettingsDialog />
        <RemoveFrameDialog />
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
  const isReadOnly = !useCan('workflows.edit');
  const problems = useProblems(workflowId, opened?.draft ?? null);
  const { session, announcements } = useEditorSession(opened?.draft ?? null, {
    workflowId,
    catalog: catalog.catalog,
    isReadOnly,
    problems,
  });
  useShortcuts(session);
  usePasteFaults(session);
  // What is open stays open when the server goes away: people go on working.
  const failed = (data ? null : error) ?? (catalog.catalog ? null : catalog.error);
  if (failed)
    return <ErrorState title={core('errors.title')} words={errorWords(failed, core)} onRetry={() => (void refetch(), catalog.retry())} />;
  if (!session || !opened) return <OpeningCanvas />;
  return (
    <SessionContext value={session}>
      <Opened sync={opened.sync} problems={problems} />
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
