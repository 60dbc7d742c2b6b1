import type { Edge } from '@millwright/workflow';
import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { createContext, memo, type ReactNode, useContext, useMemo, useState } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { ERROR_PORT } from '../../core/graph/edges/ports.ts';
import type { StepOverlay } from '../../core/state/overlay-store.ts';
import { selectEdge } from '../../core/state/interface-store.ts';
import { useEdgeMark, useEditor, useInterface, useNode, useOverlay, useShowsRun } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
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
const RouteContext = createContext<EdgeRoute>({ path: '', labelX: 0, labelY: 0, isBack: false });

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
  const { labelX, labelY } = useContext(RouteContext);
  return (
    <EdgeLabelRenderer>
      <div
        className="mw-edge-label"
        data-edge={id}
        style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
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
  const isLit = useInterface((state) => state.litEdge === id);
  const isOff = useNode(data?.edge.from ?? '')?.settings.disabled ?? false;
  const mark = useEdgeMark(id);
  const { count, state } = useEdgeRun(data?.edge ?? NO_EDGE);
  const isProxy = data?.isProxy === true;
  const showsAdd = isFull && !isReadOnly && !isProxy && (isHovered || selected);
  const hover: Hover = { onPointerEnter: () => setHovered(true), onPointerLeave: () => setHovered(false) };
  return (
    <g
      className="mw-edge"
      data-selected={selected || undefined}
      data-hovered={isHovered || undefined}
      data-lit={isLit || undefined}
      data-state={isProxy ? undefined : state}
      data-proxy={isProxy || undefined}
      data-mark={mark}
      data-error={data?.edge.output === ERROR_PORT.name || undefined}
      data-off={isOff || undefined}
      {...hover}
    >
      <EdgeLine />
      {showsAdd || (isFull && count !== null && !isProxy) ? (
        <AtMiddle id={id} {...hover}>
          {showsAdd && data ? <InsertButton edge={data.edge} id={id} /> : null}
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
