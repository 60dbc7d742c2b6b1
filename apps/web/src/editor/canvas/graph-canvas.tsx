import '@xyflow/react/dist/base.css';
import './canvas.css';
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  ReactFlow,
  type ReactFlowProps,
  ReactFlowProvider,
  SelectionMode,
  type Viewport,
} from '@xyflow/react';
import { type FocusEvent, type ReactNode, type RefObject, useCallback, useMemo, useRef } from 'react';
import { firstNode } from '../core/graph/navigation.ts';
import type { Point } from '../core/graph/geometry.ts';
import type { EditorSession } from '../core/session.ts';
import { levelFor } from '../core/state/detail-level.ts';
import { selectNodes } from '../core/state/interface-store.ts';
import { useDocument, useEditor, useInterface } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { aimMenu, CanvasMenu } from './canvas-menu.tsx';
import { GestureBar, RefusalHint } from './edges/connect-hint.tsx';
import { createEdgeMapper, type FlowEdge, type FlowNode } from './flow-model.ts';
import { FrameNode } from './frames/frame-node.tsx';
import { MergedEdges } from './edges/merged-edges.tsx';
import { ProposedEdge } from './edges/proposed-edge.tsx';
import { stepElementId } from './steps/step-card.tsx';
import { StepEdge } from './edges/step-edge.tsx';
import { StepNode } from './steps/step-node.tsx';
import { useCamera } from './use-camera.ts';
import { useEdgeDrawing } from './edges/use-edge-drawing.ts';
import { useFlowNodes } from './use-flow-nodes.ts';
import { useSavedViewport } from './use-saved-viewport.ts';

const nodeTypes = { step: StepNode, frame: FrameNode };
const edgeTypes = { step: StepEdge };
const NO_EDGES: FlowEdge[] = [];
const FIT = { padding: '32px', maxZoom: 1 } as const;
/** What does not change between renders: how pointer and wheel act (editor.md C1). */
const FEEL: ReactFlowProps<FlowNode, FlowEdge> = {
  minZoom: 0.08,
  maxZoom: 2.5,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  selectionKeyCode: 'Shift',
  multiSelectionKeyCode: ['Shift', 'Meta', 'Control'],
  panActivationKeyCode: 'Space',
  panOnDrag: [0, 1],
  selectionMode: SelectionMode.Partial,
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  nodesFocusable: false,
  edgesFocusable: false,
  nodeDragThreshold: 3,
  connectionRadius: 28,
  onlyRenderVisibleElements: true,
  elevateNodesOnSelect: false,
};

function useFlowEdges(): { readonly edges: FlowEdge[]; readonly onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => void } {
  const { ui } = useEditor();
  const { edges } = useDocument();
  const selected = useInterface((state) => state.selectedEdges);
  const isBlock = useInterface((state) => state.level === 'block');
  const map = useMemo(() => createEdgeMapper(), []);
  const mapped = useMemo(() => map(edges, selected), [map, edges, selected]);
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

/** Camera: level of detail while it moves, the place where it was left. */
function useViewport() {
  const { ui, workflowId } = useEditor();
  const { saved, save } = useSavedViewport(workflowId);
  const onMove = useCallback(
    (_event: unknown, { zoom }: Viewport) => {
      const level = levelFor(zoom, ui.getState().level);
      if (level !== ui.getState().level) ui.setState({ level });
    },
    [ui],
  );
  const onMoveEnd = useCallback((_event: unknown, viewport: Viewport) => save(viewport), [save]);
  return { onMove, onMoveEnd, ...(saved ? { defaultViewport: saved } : { fitView: true, fitViewOptions: FIT }) };
}

function Flow({ host, pointer }: { readonly host: RefObject<HTMLDivElement | null>; readonly pointer: RefObject<Point | null> }) {
  const { isReadOnly } = useEditor();
  const nodes = useFlowNodes();
  const edges = useFlowEdges();
  const drawing = useEdgeDrawing();
  const viewport = useViewport();
  const isBlock = useInterface((state) => state.level === 'block');
  useCamera(host, pointer);
  return (
    <ReactFlow
      {...FEEL}
      {...nodes}
      {...edges}
      {...drawing}
      {...viewport}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      nodesConnectable={!isReadOnly}
      edgesReconnectable={!isReadOnly}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.25} color="var(--border)" />
      <svg className="mw-defs" aria-hidden="true">
        <marker id="mw-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1 9 5 1 9" fill="none" stroke="var(--border-strong)" strokeWidth="1.5" />
        </marker>
      </svg>
      {isBlock ? <MergedEdges /> : null}
      <ProposedEdge />
      <RefusalHint />
      <GestureBar />
    </ReactFlow>
  );
}

/** The keyboard came to the canvas: the ring shows it, and a step is chosen. */
function takeFocus({ draft, ui }: EditorSession, { currentTarget, relatedTarget }: FocusEvent<HTMLDivElement>): void {
  if (!currentTarget.matches(':focus-visible')) return;
  currentTarget.setAttribute('data-keyboard', '');
  // Without a place where the focus came from the page has just been opened: nobody asked for a step yet.
  const first = relatedTarget === null ? undefined : firstNode(draft.document());
  if (first && ui.getState().focusedNode === null) selectNodes(ui, [first.id]);
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
  const session = useEditor();
  const { t } = useTexts();
  const focused = useInterface((state) => state.focusedNode);
  const count = useDocument().nodes.length;
  return (
    <CanvasMenu>
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
        className="mw-canvas"
        onFocus={(event) => (event.target === event.currentTarget ? takeFocus(session, event) : undefined)}
        onKeyUpCapture={(event) => event.currentTarget.setAttribute('data-keyboard', '')}
        onPointerDownCapture={(event) => {
          if (!(event.target instanceof Element && event.target.closest('input, button'))) hostRef.current?.focus({ preventScroll: true });
          // After the focus, which may have shown the ring: who points needs none.
          event.currentTarget.removeAttribute('data-keyboard');
        }}
        // oxlint-disable-next-line react/immutability -- a ref, written where the pointer is
        onPointerMove={(event) => (pointer.current = { x: event.clientX, y: event.clientY })}
        // oxlint-disable-next-line react/immutability -- a ref, emptied when the pointer leaves
        onPointerLeave={() => (pointer.current = null)}
        onContextMenuCapture={(event) => aimMenu(session, event, { x: event.clientX, y: event.clientY })}
        onDoubleClick={(event) => {
          if (event.target instanceof Element && event.target.closest('.react-flow__node')) session.ui.setState({ isInspectorOpen: true });
        }}
      >
        {children}
      </div>
    </CanvasMenu>
  );
}

/** The graph: the only component that other folders take from this adapter of the canvas library. */
export function GraphCanvas({ children }: { readonly children?: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point | null>(null);
  return (
    <ReactFlowProvider>
      <CanvasHost hostRef={host} pointer={pointer}>
        <Flow host={host} pointer={pointer} />
        {children}
      </CanvasHost>
    </ReactFlowProvider>
  );
}
