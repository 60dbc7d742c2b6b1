import { type NodeProps, useConnection } from '@xyflow/react';
import { Ellipsis } from 'lucide-react';
import { memo } from 'react';
import { refuseEdge } from '../../core/graph/check-edge.ts';
import { inputsOf, outputsOf } from '../../core/graph/ports.ts';
import { findAction } from '../../core/actions/registry.ts';
import { selectNodes } from '../../core/state/interface-store.ts';
import { ActionIcon } from '../../look/action-icon.tsx';
import { useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import type { FlowNode } from '../flow-model.ts';
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
  const from = useConnection((connection) =>
    connection.inProgress ? `${connection.fromHandle.type} ${connection.fromNode.id} ${connection.fromHandle.id ?? ''}` : null,
  );
  if (from === null) return undefined;
  const [type, fromId = '', port = ''] = from.split(' ');
  if (fromId === nodeId) return undefined;
  const document = session.draft.document();
  const node = document.nodes.find((candidate) => candidate.id === nodeId);
  const info = node && session.catalog.get(node.type, node.version);
  const fits =
    type === 'source'
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

/** A step on the canvas: its card, its ports, what hovering offers. In the overview ports are left out. */
export const StepNode = memo(function StepNode({ id, selected }: NodeProps<FlowNode>) {
  const { isReadOnly } = useEditor();
  const level = useInterface((state) => state.level);
  const fit = useFit(id);
  return (
    <div className="mw-step" data-fit={fit}>
      <StepCard nodeId={id} isSelected={selected} />
      {level === 'block' ? null : <StepPorts nodeId={id} />}
      {level === 'full' && !isReadOnly ? <HoverToolbar nodeId={id} /> : null}
    </div>
  );
});
