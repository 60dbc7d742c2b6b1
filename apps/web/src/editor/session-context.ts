import type { Annotation, NodeTypeInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { collapsedIn, collapsedView } from './core/graph/annotations/collapsed-view.ts';
import { findAnnotation } from './core/graph/annotations/sections.ts';
import { findNode } from './core/graph/graph-queries.ts';
import type { HistoryState } from './core/document/draft-store.ts';
import type { EditorSession } from './core/session.ts';
import type { InterfaceState } from './core/state/interface-store.ts';
import { createComparisonStore } from './core/state/comparison-store.ts';
import type { Comparison, Mark } from './core/graph/comparison.ts';
import { type StepOverlay, stepIn } from './core/state/overlay-store.ts';
import { NOBODY, type OpenPage, type PeopleState } from './core/state/presence-store.ts';

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

/** A part of the document, found anew after each change; renders again only when it is another. @param select must give the same value or object as long as nothing of it changed */
export function useDocumentPart<T>(select: (document: WorkflowDocument) => T): T {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, () => select(draft.document()));
}

/** The document as it is drawn: what collapsed sections hold is hidden. Only for looking at. */
export function useShownDocument(): WorkflowDocument {
  const { catalog } = useEditor();
  const document = useDocument();
  const choices = useInterface((state) => state.collapsed);
  return collapsedView(document, catalog, collapsedIn(document, choices));
}

/** One note or section; re-renders only when it changes. */
export function useAnnotation(id: string): Annotation | undefined {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, () => findAnnotation(draft.document(), id));
}

/** What can be undone and redone. */
export function useHistory(): HistoryState {
  const { draft } = useEditor();
  return useSyncExternalStore(draft.subscribe, draft.history);
}

/** One node; re-renders only when that node changes. */
export function useNode(nodeId: string): WorkflowNode | undefined {
  return useDocumentPart((document) => findNode(document, nodeId));
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

/** A part of who else is here. */
export function usePeople<T>(select: (state: PeopleState) => T): T {
  return useStore((useEditor().presence ?? NOBODY).people, select);
}

const NO_PAGES: readonly OpenPage[] = [];

/** Other pages on which a step is chosen or edited; the same list until that changes. */
export function usePagesAt(nodeId: string): readonly OpenPage[] {
  return usePeople((state) => state.atNode.get(nodeId) ?? NO_PAGES);
}

/** Run data of one step; undefined where it did not run or no run is shown. */
export function useOverlay(nodeId: string): StepOverlay | undefined {
  return useStore(useEditor().overlay, (state) => stepIn(state, nodeId));
}

/** Whether the canvas shows a run. */
export function useShowsRun(): boolean {
  return useStore(useEditor().overlay, (state) => state.steps !== null);
}

/** Where nothing is compared. */
const NO_COMPARISON = createComparisonStore(null);

function useComparison<T>(select: (comparison: Comparison) => T | undefined): T | 'same' | undefined {
  return (
    useStore(useEditor().comparison ?? NO_COMPARISON, ({ comparison }) => comparison && (select(comparison) ?? ('same' as const))) ??
    undefined
  );
}

/** How a step differs between the two states that are compared; `same` where it does not; undefined where nothing is compared. */
export function useMark(nodeId: string): Mark | 'same' | undefined {
  return useComparison(({ nodeMarks }) => nodeMarks.get(nodeId));
}

/** How a note or section differs; like {@link useMark}. */
export function useNoteMark(id: string): Mark | 'same' | undefined {
  return useComparison(({ noteMarks }) => noteMarks.get(id));
}

/** How a line differs; like {@link useMark}. */
export function useEdgeMark(key: string): Mark | 'same' | undefined {
  return useComparison(({ edgeMarks }) => edgeMarks.get(key));
}
