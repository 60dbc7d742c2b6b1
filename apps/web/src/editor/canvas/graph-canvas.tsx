import '@xyflow/react/dist/base.css';
import './canvas.css';
import './annotations/annotations.css';
import './marks/marks.css';
import './forced-colors.css';
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  ReactFlow,
  type ReactFlowProps,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react';
import { type FocusEvent, memo, type ReactNode, type RefObject, useCallback, useMemo, useRef } from 'react';
import { collapsedIn } from '../core/graph/annotations/collapsed-view.ts';
import { firstNode } from '../core/graph/navigation.ts';
import type { Point } from '../core/graph/geometry.ts';
import type { EditorSession } from '../core/session.ts';
import { selectNodes } from '../core/state/interface-store.ts';
import { useDocument, useDocumentPart, useEditor, useInterface, useShownDocument } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { aimMenu, CanvasMenu, useTouched } from './canvas-menu.tsx';
import { DrawingWatch, GestureBar, RefusalHint } from './edges/connect-hint.tsx';
import { CollapsedNode } from './annotations/collapsed-node.tsx';
import { NoteNode } from './annotations/note-node.tsx';
import { SectionNode } from './annotations/section-node.tsx';
import { GuideLines } from './guides/guide-lines.tsx';
import { createEdgeMapper, type FlowEdge, type FlowNode } from './flow-model.ts';
import { FrameNode } from './frames/frame-node.tsx';
import { MergedEdges } from './edges/merged-edges.tsx';
import { ProposedEdge } from './edges/proposed-edge.tsx';
import { stepElementId } from './steps/step-card.tsx';
import { StepEdge } from './edges/step-edge.tsx';
import { useRedrawable } from './edges/use-redrawable.ts';
import { StepNode } from './steps/step-node.tsx';
import { PeerCursors } from './presence/peer-cursors.tsx';
import { usePresenceOnCanvas } from './presence/use-tell-presence.ts';
import { useCamera } from './use-camera.ts';
import { useEdgeDrawing } from './edges/use-edge-drawing.ts';
import { useFlowNodes } from './use-flow-nodes.ts';
import { useMoving } from './use-moving.ts';
import { Minimap } from './minimap/minimap.tsx';
import { usePointerFeel } from './use-pointer-feel.ts';
import { useFirstView, useViewport, ZOOMS } from './use-viewport.ts';

const nodeTypes = { step: StepNode, frame: FrameNode, note: NoteNode, section: SectionNode, collapsed: CollapsedNode };
const edgeTypes = { step: StepEdge };
const NO_EDGES: FlowEdge[] = [];
/** Up to so many steps stay mounted in the overview, where most are in view anyway: coming and going would cost each frame of a pan. */
const KEPT_IN_OVERVIEW = 6_000;
/** What does not change between renders: how the pointer acts, whatever device it belongs to (editor.md C1). */
const FEEL: ReactFlowProps<FlowNode, FlowEdge> = {
  ...ZOOMS,
  zoomOnDoubleClick: false,
  selectionKeyCode: 'Shift',
  multiSelectionKeyCode: ['Shift', 'Meta', 'Control'],
  panActivationKeyCode: 'Space',
  selectionMode: SelectionMode.Partial,
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  nodesFocusable: false,
  edgesFocusable: false,
  nodeDragThreshold: 3,
  connectionRadius: 28,
  elevateNodesOnSelect: false,
};

function useFlowEdges(): { readonly edges: FlowEdge[]; readonly onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void } {
  const { ui } = useEditor();
  const { edges } = useShownDocument();
  const document = useDocument();
  const choices = useInterface((state) => state.collapsed);
  const collapsed = collapsedIn(document, choices);
  const selected = useInterface((state) => state.selectedEdges);
  const isBlock = useInterface((state) => state.level === 'block');
  const map = useMemo(() => createEdgeMapper(), []);
  const mapped = useMemo(() => map(edges, { selected, collapsed }), [map, edges, selected, collapsed]);
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const next = new Set(ui.getState().selectedEdges);
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) next.add(change.id);
        else next.delete(change.id);
      }
      ui.setState({ selectedEdges: next });
    },
    [ui],
  );
  return { edges: isBlock ? NO_EDGES : mapped, onEdgesChange };
}

/** A click on one of several selected steps leaves that one selected; with a key held the library adds or takes away. */
function usePickOne(): (
  event: { readonly shiftKey: boolean; readonly metaKey: boolean; readonly ctrlKey: boolean },
  node: FlowNode,
) => void {
  const { ui } = useEditor();
  return useCallback(
    ({ shiftKey, metaKey, ctrlKey }, { id }) => {
      if (!shiftKey && !metaKey && !ctrlKey && ui.getState().selectedNodes.size > 1) selectNodes(ui, [id]);
    },
    [ui],
  );
}

/** Whether only those steps are mounted that are in view. */
function useCulling(): boolean {
  const isBlock = useInterface((state) => state.level === 'block');
  const isLarge = useDocumentPart((document) => document.nodes.length > KEPT_IN_OVERVIEW);
  return isLarge || !isBlock;
}

function Flow({ host, pointer }: { readonly host: RefObject<HTMLDivElement | null>; readonly pointer: RefObject<Point | null> }) {
  const { isReadOnly } = useEditor();
  const view = useFirstView();
  const pickOne = usePickOne();
  const moving = useMoving(host);
  const nodes = useFlowNodes(moving);
  const edges = useFlowEdges();
  const drawing = useEdgeDrawing();
  const makeRedrawable = useRedrawable(edges.edges);
  const viewport = useViewport(moving, view);
  const feel = usePointerFeel(host);
  const isCulled = useCulling();
  useCamera(host, pointer);
  usePresenceOnCanvas(host);
  return (
    <ReactFlow
      {...FEEL}
      onlyRenderVisibleElements={isCulled}
      {...feel}
      {...nodes}
      onNodeClick={pickOne}
      {...edges}
      {...drawing}
      {...viewport}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      nodesConnectable={!isReadOnly}
      edgesReconnectable={false}
      {...(isReadOnly ? {} : { onEdgeMouseEnter: makeRedrawable })}
    >
      <Layers />
    </ReactFlow>
  );
}

/** What is drawn besides cards and lines. Not drawn anew with every move of a card. */
const Layers = memo(function Layers() {
  const isBlock = useInterface((state) => state.level === 'block');
  return (
    <>
      {/* In the overview dots would stand two pixels apart: a grey, drawn anew for each frame of a zoom. */}
      {isBlock ? null : <Background variant={BackgroundVariant.Dots} gap={24} size={1.25} color="var(--border)" />}
      <svg className="mw-defs" aria-hidden="true">
        <marker id="mw-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1 9 5 1 9" fill="none" stroke="var(--border-strong)" strokeWidth="1.5" />
        </marker>
      </svg>
      {isBlock ? <MergedEdges /> : null}
      <ProposedEdge />
      <PeerCursors />
      <GuideLines />
      <DrawingWatch />
      <RefusalHint />
      <GestureBar />
    </>
  );
});

/** The keyboard came to the canvas: the ring shows it, and a step is chosen. */
function takeFocus({ draft, ui }: EditorSession, { currentTarget, relatedTarget }: FocusEvent<HTMLDivElement>): void {
  if (!currentTarget.matches(':focus-visible')) return;
  currentTarget.setAttribute('data-keyboard', '');
  // Without a place where the focus came from the page has just been opened: nobody asked for a step yet.
  const first = relatedTarget === null ? undefined : firstNode(draft.document());
  if (first && ui.getState().focusedNode === null) selectNodes(ui, [first.id]);
}

/** A double click on a step opens its panel. */
function openStep({ ui }: EditorSession, target: EventTarget): void {
  if (target instanceof Element && target.closest('.react-flow__node')) ui.setState({ isInspectorOpen: true });
}

/** One tab stop: the arrow keys move inside it, `aria-activedescendant` says where. */
function CanvasHost({
  children,
  hostRef,
  pointer,
}: {
  readonly children: ReactNode;
  readonly hostRef: RefObject<HTMLDivElement | null>;
  readonly pointer: RefObject<Point | null>;
}) {
  const { takeFinger, touch } = useTouched();
  const session = useEditor();
  const { t } = useTexts();
  const focused = useInterface((state) => state.focusedNode);
  const count = useDocumentPart((document) => document.nodes.length);
  const isGliding = useInterface((state) => state.isGliding);
  return (
    <CanvasMenu takeFinger={takeFinger}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application, whose keys `use-shortcuts.ts` handles */}
      <div
        ref={hostRef}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application is one tab stop
        tabIndex={0}
        role="application"
        aria-roledescription={t('canvas.role')}
        aria-label={t('canvas.label', { count })}
        aria-activedescendant={focused === null ? undefined : stepElementId(focused)}
        data-canvas=""
        data-gliding={isGliding || undefined}
        className="mw-canvas"
        onFocus={(event) => (event.target === event.currentTarget ? takeFocus(session, event) : undefined)}
        onKeyUpCapture={(event) => event.currentTarget.setAttribute('data-keyboard', '')}
        onPointerDownCapture={(event) => {
          if (!(event.target instanceof Element && event.target.closest('input, textarea, a, button')))
            hostRef.current?.focus({ preventScroll: true });
          // After the focus, which may have shown the ring: who points needs none.
          event.currentTarget.removeAttribute('data-keyboard');
        }}
        // oxlint-disable-next-line react/immutability -- a ref, written where the pointer is
        onPointerMove={(event) => (pointer.current = { x: event.clientX, y: event.clientY })}
        // oxlint-disable-next-line react/immutability -- a ref, emptied when the pointer leaves
        onPointerLeave={() => (pointer.current = null)}
        {...touch}
        onContextMenuCapture={(event) => aimMenu(session, event, { x: event.clientX, y: event.clientY })}
        onDoubleClick={({ target }) => openStep(session, target)}
      >
        {children}
      </div>
    </CanvasMenu>
  );
}

/** The graph: the only component that other folders take from this adapter of the canvas library. */
export const GraphCanvas = memo(function GraphCanvas({ children }: { readonly children?: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point | null>(null);
  return (
    <ReactFlowProvider>
      <CanvasHost hostRef={host} pointer={pointer}>
        <Flow host={host} pointer={pointer} />
        <Minimap />
        {children}
      </CanvasHost>
    </ReactFlowProvider>
  );
});
