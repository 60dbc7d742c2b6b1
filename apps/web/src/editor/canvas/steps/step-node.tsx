import type { NodeProps } from '@xyflow/react';
import { Ellipsis } from 'lucide-react';
import { memo, useState } from 'react';
import { refuseEdge } from '../../core/graph/edges/check-edge.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import { inputsOf, outputsOf } from '../../core/graph/edges/ports.ts';
import { findAction } from '../../core/actions/registry.ts';
import { selectNodes } from '../../core/state/interface-store.ts';
import { ActionIcon } from '../../look/action-icon.tsx';
import { useEditor, useInterface, useMark } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import type { FlowNode } from '../flow-model.ts';
import { MarkSign } from '../marks/mark-sign.tsx';
import { PeerRing } from '../presence/peer-ring.tsx';
import { StepCard } from './step-card.tsx';
import { StepPorts } from './step-ports.tsx';

const TOOLBAR = ['toggleDisabled', 'duplicate', 'remove'] as const;

/** What the pointer finds over a card; the keyboard has the same actions as keys. */
export function HoverToolbar({ nodeId }: { readonly nodeId: string }) {
  const session = useEditor();
  const { say } = useTexts();
  const run = (id: string): void => {
    selectNodes(session.ui, [nodeId]);
    findAction(id)?.run(session);
  };
  return (
    <div className="mw-card-tools nodrag nopan">
      {TOOLBAR.map((id) => (
        <button key={id} type="button" tabIndex={-1} title={say(`actions.${id}`)} aria-label={say(`actions.${id}`)} onClick={() => run(id)}>
          <ActionIcon name={findAction(id)?.icon ?? ''} sizePx={14} />
        </button>
      ))}
      <button
        type="button"
        tabIndex={-1}
        title={say('canvas.more')}
        aria-label={say('canvas.more')}
        onClick={(event) => {
          const { clientX, clientY, currentTarget } = event;
          currentTarget.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }));
        }}
      >
        <Ellipsis size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

/** While an edge is being drawn: whether this step can be its other end. */
export function useFit(nodeId: string): 'valid' | 'invalid' | undefined {
  const session = useEditor();
  const drawing = useInterface((state) => state.drawing);
  if (drawing === null || drawing.nodeId === nodeId) return undefined;
  const { nodeId: fromId, side, port } = drawing;
  const document = session.draft.document();
  const node = findNode(document, nodeId);
  const info = node && session.catalog.get(node.type, node.version);
  const fits =
    side === 'output'
      ? node &&
        inputsOf(node, info).some(
          (input) => refuseEdge(document, session.catalog, { from: fromId, output: port, to: nodeId, input: input.name }) === null,
        )
      : node &&
        outputsOf(node, info).some(
          (output) => refuseEdge(document, session.catalog, { from: nodeId, output: output.name, to: fromId, input: port }) === null,
        );
  return fits ? 'valid' : 'invalid';
}

/** A place and what follows from it is the library's affair: a card that only moves is not drawn again. */
function isSameCard(before: NodeProps<FlowNode>, after: NodeProps<FlowNode>): boolean {
  return before.id === after.id && before.selected === after.selected;
}

/** A step on the canvas: its card, its ports, what hovering offers. In the overview ports are left out. */
export const StepNode = memo(function StepNode({ id, selected }: NodeProps<FlowNode>) {
  const { isReadOnly } = useEditor();
  // What hovering offers is a third of a card's elements, and one card is hovered at a time.
  const [isHovered, setHovered] = useState(false);
  const level = useInterface((state) => state.level);
  const fit = useFit(id);
  const mark = useMark(id);
  return (
    <div
      className="mw-step"
      data-fit={fit}
      data-mark={mark}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <StepCard nodeId={id} isSelected={selected} />
      {mark && mark !== 'same' ? <MarkSign mark={mark} /> : null}
      <PeerRing nodeId={id} />
      {level === 'block' ? null : <StepPorts nodeId={id} />}
      {isHovered && level === 'full' && !isReadOnly ? <HoverToolbar nodeId={id} /> : null}
    </div>
  );
}, isSameCard);
