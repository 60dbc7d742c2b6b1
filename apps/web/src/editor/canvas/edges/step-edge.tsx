import type { Edge } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { createContext, createElement, type CSSProperties, memo, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import { fetched } from '../../../ui/fetched.ts';
import { useFormat } from '../../../i18n/format.ts';
import { ERROR_PORT } from '../../core/graph/edges/ports.ts';
import type { StepOverlay } from '../../core/state/overlay-store.ts';
import { selectEdge } from '../../core/state/interface-store.ts';
import { RenameInput } from '../steps/rename-input.tsx';
import { useEdgeMark, useEditor, useInterface, useNode, useOverlay, useShowsRun } from '../../session-context.ts';
import { loadPanelTexts, useTexts } from '../../texts.ts';
import { type EdgeRoute, routeEdge } from './edge-route.ts';
import type { FlowEdge } from '../flow-model.ts';

/** Width of the invisible line that takes the pointer, px. */
const HIT_WIDTH = 20;

/** Items that came to a port of a step, over all its activations. */
function arrived(target: StepOverlay | undefined, input: string): number | null {
  return target ? target.runs.reduce((sum, run) => sum + (run.inputCounts[input] ?? 0), 0) : null;
}

const NO_EDGE: Edge = { from: '', output: '', to: '', input: '' };

/** What a run says about an edge. */
function useEdgeRun({ from, to, output, input }: Edge): {
  readonly count: number | null;
  readonly state: 'taken' | 'untaken' | 'running' | undefined;
} {
  const showsRun = useShowsRun();
  const source = useOverlay(from);
  const target = useOverlay(to);
  const isInto = useNode(to)?.parent === from;
  // What a container gives to its inside is told by the steps that got it: it is no output of the container.
  const count = isInto ? arrived(target, input) : (source?.outputCounts[output] ?? null);
  if (!showsRun) return { count: null, state: undefined };
  if (count === null || count === 0) return { count: null, state: 'untaken' };
  return { count, state: target?.last.status === 'running' ? 'running' : 'taken' };
}

function InsertButton({ edge, id }: { readonly edge: NonNullable<FlowEdge['data']>['edge']; readonly id: string }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  return (
    <button
      type="button"
      tabIndex={-1}
      className="mw-edge-add nodrag nopan"
      aria-label={t('canvas.insertHere')}
      title={t('canvas.insertHere')}
      onClick={() => {
        selectEdge(ui, id);
        ui.setState({ picker: { placement: { kind: 'onEdge', edge }, at: null } });
      }}
    >
      <Plus size={14} aria-hidden="true" />
    </button>
  );
}

/** Where the line of an edge runs now. */
const RouteContext = createContext<EdgeRoute>({ path: '', labelX: 0, labelY: 0, isBack: false, room: 0 });

/** What is drawn anew when a step at one of the ends moves: the line and its invisible brother that takes the pointer. */
function EdgeLine() {
  const { path, isBack } = useContext(RouteContext);
  return (
    <>
      <path className="mw-edge-line react-flow__edge-path" d={path} fill="none" markerEnd={isBack ? 'url(#mw-arrow)' : undefined} />
      <path d={path} fill="none" stroke="currentColor" strokeOpacity={0} strokeWidth={HIT_WIDTH} className="react-flow__edge-interaction" />
    </>
  );
}

/** What stands at the middle of the line. */
function AtMiddle({ id, children, ...hover }: { readonly id: string; readonly children: ReactNode } & Hover) {
  const { labelX, labelY, room } = useContext(RouteContext);
  return (
    <EdgeLabelRenderer>
      <div
        className="mw-edge-label"
        data-edge={id}
        style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`, '--room': `${room}px` } as CSSProperties}
        {...hover}
      >
        {children}
      </div>
    </EdgeLabelRenderer>
  );
}

interface Hover {
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
}

/** What stands at a line, or the field in which it is changed; emptied, nothing stands there any more. */
function EdgeText({ edge, isEdited }: { readonly edge: Edge; readonly isEdited: boolean }) {
  const { draft, ui, camera, isReadOnly } = useEditor();
  const { t } = useTexts();
  const text = edge.label ?? '';
  const end = (label: string | null): void => {
    if (ui.getState().renaming !== edgeKey(edge)) return;
    ui.setState({ renaming: null });
    if (label !== null) draft.apply([{ kind: 'setEdgeLabel', edge, label: label === '' ? undefined : label }]);
    camera.current?.focus();
  };
  if (isEdited && !isReadOnly)
    return <RenameInput name={text} label={t('canvas.lineLabel')} mayBeEmpty className="mw-edge-text nodrag nopan" onEnd={end} />;
  return text === '' ? null : (
    <span className="mw-edge-text" dir="auto" title={text}>
      {text}
    </span>
  );
}

const FirstItem = fetched(async () => {
  const [part] = await Promise.all([import('../../run/lines/first-item.tsx'), loadPanelTexts()]);
  return part.FirstItem;
});

/** What went over the line first; its code and its data are fetched for the first line that somebody looks at. */
function ItemBelow({ edge, isHovered }: { readonly edge: Edge; readonly isHovered: boolean }) {
  const { labelX: x, labelY: y } = useContext(RouteContext);
  const isAlone = useInterface(({ selectedEdges, selectedNodes }) => selectedEdges.size === 1 && selectedNodes.size === 0);
  if (!isHovered && !isAlone) return null;
  return <Suspense>{createElement(FirstItem, { edge, at: { x, y }, isHovered })}</Suspense>;
}

interface EdgeBodyProps {
  readonly id: string;
  readonly data: FlowEdge['data'];
  readonly selected: boolean;
}

/** How an edge looks: by the document, the run and the pointer, wherever it is. */
const EdgeBody = memo(function EdgeBody({ id, data, selected }: EdgeBodyProps) {
  const { isReadOnly } = useEditor();
  const format = useFormat();
  const { t } = useTexts();
  const [isHovered, setHovered] = useState(false);
  const isFull = useInterface((state) => state.level === 'full');
  const role = useInterface((state) => (state.litEdge === id ? 'lit' : state.renaming === id ? 'edited' : null));
  const isOff = useNode(data?.edge.from ?? '')?.settings.disabled ?? false;
  const mark = useEdgeMark(id);
  const { count, state } = useEdgeRun(data?.edge ?? NO_EDGE);
  const isProxy = data?.isProxy === true;
  const showsAdd = isFull && !isReadOnly && !isProxy && (isHovered || selected);
  const isEdited = role === 'edited';
  const showsText = data !== undefined && !isProxy && (isEdited || (isFull && data.edge.label !== undefined));
  const hover: Hover = { onPointerEnter: () => setHovered(true), onPointerLeave: () => setHovered(false) };
  return (
    <g
      className="mw-edge"
      data-selected={selected || undefined}
      data-hovered={isHovered || undefined}
      data-lit={role === 'lit' || undefined}
      data-state={isProxy ? undefined : state}
      data-proxy={isProxy || undefined}
      data-mark={mark}
      data-error={data?.edge.output === ERROR_PORT.name || undefined}
      data-off={isOff || undefined}
      {...hover}
    >
      <EdgeLine />
      {data && (isHovered || selected) && !isProxy && !isEdited && state !== 'untaken' ? (
        <ItemBelow edge={data.edge} isHovered={isHovered} />
      ) : null}
      {showsAdd || showsText || (isFull && count !== null && !isProxy) ? (
        <AtMiddle id={id} {...hover}>
          {showsText ? <EdgeText edge={data.edge} isEdited={isEdited} /> : null}
          {showsAdd && !isEdited && data ? <InsertButton edge={data.edge} id={id} /> : null}
          {!showsAdd && count !== null ? (
            <span className="mw-edge-count num" data-state={state} title={t('canvas.itemsOnEdge', { count })}>
              {format.number(count)}
            </span>
          ) : null}
        </AtMiddle>
      ) : null}
    </g>
  );
});

/** An edge: smooth steps, count of items after a run, and a `+` under the pointer. Only its line follows a step that is dragged. */
export const StepEdge = memo(function StepEdge({ id, sourceX, sourceY, targetX, targetY, data, selected = false }: EdgeProps<FlowEdge>) {
  const route = useMemo(() => routeEdge({ sourceX, sourceY, targetX, targetY }), [sourceX, sourceY, targetX, targetY]);
  return (
    <RouteContext value={route}>
      <EdgeBody id={id} data={data} selected={selected} />
    </RouteContext>
  );
});
