import { ViewportPortal } from '@xyflow/react';
import { CARD_WIDTH, cardHeight, portOffset } from '../../core/graph/geometry.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import { inputsOf, outputsOf } from '../../core/graph/ports.ts';
import { proposedEdge } from '../../core/state/gestures.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { routeEdge } from './edge-route.ts';

/** The edge that the keyboard's connect mode would draw now. */
export function ProposedEdge() {
  const { catalog } = useEditor();
  const document = useDocument();
  const edge = proposedEdge(useInterface((state) => state.gesture));
  const from = edge && findNode(document, edge.from);
  const to = edge && findNode(document, edge.to);
  if (!edge || !from || !to) return null;
  const fromInfo = catalog.get(from.type, from.version);
  const toInfo = catalog.get(to.type, to.version);
  const outputs = outputsOf(from, fromInfo);
  const inputs = inputsOf(toInfo);
  const { path } = routeEdge({
    sourceX: from.position[0] + CARD_WIDTH,
    sourceY:
      from.position[1] +
      portOffset(
        outputs.findIndex((port) => port.name === edge.output),
        outputs.length,
        cardHeight(from, fromInfo),
      ),
    targetX: to.position[0],
    targetY:
      to.position[1] +
      portOffset(
        inputs.findIndex((port) => port.name === edge.input),
        inputs.length,
        cardHeight(to, toInfo),
      ),
  });
  return (
    <ViewportPortal>
      <svg className="mw-merged mw-proposed" aria-hidden="true">
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
