import type { NodeTypeInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { findNode } from './core/graph/graph-queries.ts';
import type { HistoryState } from './core/document/draft-store.ts';
import type { EditorSession } from './core/session.ts';
import type { InterfaceState } from './core/state/interface-store.ts';
import { type StepOverlay, stepIn } from './core/state/overlay-store.ts';

/** Gives the opened editor to everything below. */
export const SessionContext = createContext<EditorSession | null>(null);

/** The opened editor. */
export function useEditor(): EditorSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useEditor needs SessionContext');
  return session;
}

/** The document as it is now. */
export function useDocument(): WorkflowDocument {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, draft.document);
}

/** What can be undone and redone. */
export function useHistory(): HistoryState {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, draft.history);
}

/** One node; re-renders only when that node changes. */
export function useNode(nodeId: string): WorkflowNode | undefined {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, () => findNode(draft.document(), nodeId));
}

/** The type of a node; undefined where it is not installed. */
export function useTypeOf(node: WorkflowNode | undefined): NodeTypeInfo | undefined {
  const { catalog } = useEditor();
  return node && catalog.get(node.type, node.version);
}

/** A part of the interface's state. */
export function useInterface<T>(select: (state: InterfaceState) => T): T {
  return useStore(useEditor().ui, select);
}

/** Run data of one step; undefined where it did not run or no run is shown. */
export function useOverlay(nodeId: string): StepOverlay | undefined {
  return useStore(useEditor().overlay, (state) => stepIn(state, nodeId));
}

/** Whether the canvas shows a run. */
export function useShowsRun(): boolean {
  return useStore(useEditor().overlay, (state) => state.steps !== null);
}
