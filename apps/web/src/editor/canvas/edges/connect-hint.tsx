import { useConnection, useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { findNode } from '../../core/graph/graph-queries.ts';
import { refuseEdge } from '../../core/graph/check-edge.ts';
import { ERROR_PORT, inputsOf, outputsOf } from '../../core/graph/ports.ts';
import { portTitle } from '../../look/type-words.ts';
import { usePortTitle } from '../../look/use-port-title.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** Beside the pointer while an edge is drawn onto something that cannot take it: why not. */
export function RefusalHint() {
  const { draft, catalog } = useEditor();
  const { say } = useTexts();
  const { flowToScreenPosition } = useReactFlow();
  const connection = useConnection();
  if (!connection.inProgress || !connection.toHandle || connection.isValid !== false) return null;
  const isForward = connection.fromHandle.type === 'source';
  const [start, end] = isForward ? [connection.fromHandle, connection.toHandle] : [connection.toHandle, connection.fromHandle];
  const refusal =
    start.type === end.type
      ? 'samePort'
      : refuseEdge(draft.document(), catalog, { from: start.nodeId, output: start.id ?? 'main', to: end.nodeId, input: end.id ?? 'main' });
  if (!refusal) return null;
  const { x, y } = flowToScreenPosition(connection.to);
  return createPortal(
    <div className="mw-refusal float" style={{ left: x + 16, top: y + 12 }}>
      {say(`refused.${refusal}`)}
    </div>,
    document.body,
  );
}

/** The step that a line would go to; with the input where it has several. */
function useTargetName(): string {
  const { catalog } = useEditor();
  const graph = useDocument();
  const target = useInterface(({ gesture }) => (gesture.kind === 'connect' ? gesture.targets[gesture.target] : undefined));
  const node = target && findNode(graph, target.nodeId);
  const info = node && catalog.get(node.type, node.version);
  const title = usePortTitle(info);
  if (!node) return '–';
  const inputs = inputsOf(node, info);
  const port = inputs.find((candidate) => candidate.name === target.input);
  return inputs.length > 1 && port ? `${node.name} (${title(port, 'input')})` : node.name;
}

/** What the keyboard is in the middle of, and which keys go on. */
export function GestureBar() {
  const { t, language } = useTexts();
  const { catalog } = useEditor();
  const graph = useDocument();
  const gesture = useInterface((state) => state.gesture);
  const target = useTargetName();
  if (gesture.kind === 'idle') return null;
  const outputTitle = (nodeId: string, output: string): string => {
    const node = findNode(graph, nodeId);
    const info = node && catalog.get(node.type, node.version);
    const port = node && outputsOf(node, info).find((candidate) => candidate.name === output);
    if (port === ERROR_PORT) return t('canvas.errorPort');
    return info && port ? portTitle(info, language, port) : output;
  };
  const words: ReactNode =
    gesture.kind === 'move'
      ? t('canvas.moving', { count: gesture.nodeIds.length, dx: gesture.dx, dy: gesture.dy })
      : t('canvas.connecting', {
          from: findNode(graph, gesture.from)?.name ?? '',
          output: outputTitle(gesture.from, gesture.outputs[gesture.output] ?? ''),
          to: target,
        });
  return (
    <div className="mw-gesture float" role="status">
      <strong>{words}</strong>
      <span>{gesture.kind === 'move' ? t('canvas.movingKeys') : t('canvas.connectingKeys')}</span>
    </div>
  );
}
