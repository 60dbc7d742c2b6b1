import { useConnection, useReactFlow } from '@xyflow/react';
import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { findNode } from '../../core/graph/graph-queries.ts';
import { refuseEdge } from '../../core/graph/edges/check-edge.ts';
import { ERROR_PORT, inputsOf, outputsOf } from '../../core/graph/edges/ports.ts';
import { portTitle } from '../../look/type-words.ts';
import { usePortTitle } from '../../look/use-port-title.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { MovePad } from '../move-pad.tsx';

/** Tells the cards, once for all of them, that a line is being drawn: a card that asked the library itself would be asked at every move of the camera. */
export function DrawingWatch() {
  const { ui } = useEditor();
  const from = useConnection((connection) => (connection.inProgress ? connection.fromHandle : null));
  const [nodeId, type, port] = [from?.nodeId, from?.type, from?.id ?? ''];
  useEffect(() => {
    if (nodeId === undefined) return undefined;
    ui.setState({ drawing: { nodeId, side: type === 'source' ? 'output' : 'input', port } });
    return () => ui.setState({ drawing: null });
  }, [ui, nodeId, type, port]);
  return null;
}

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
    <div className="mw-gesture float nodrag nopan">
      <p role="status" className="flex flex-wrap items-center gap-x-3">
        <strong>{words}</strong>
        <span>{gesture.kind === 'move' ? t('canvas.movingKeys') : t('canvas.connectingKeys')}</span>
      </p>
      {gesture.kind === 'move' ? <MovePad /> : null}
    </div>
  );
}
