import { ViewportPortal } from '@xyflow/react';
import { findNode } from '../../core/graph/graph-queries.ts';
import { layoutOf } from '../../core/graph/layout.ts';
import { portPoint } from '../../core/graph/edges/port-places.ts';
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
  const { boxOf } = layoutOf(document, catalog);
  const start = portPoint(from, catalog.get(from.type, from.version), { box: boxOf(from), side: 'output', port: edge.output });
  const end = portPoint(to, catalog.get(to.type, to.version), { box: boxOf(to), side: 'input', port: edge.input });
  const { path } = routeEdge({ sourceX: start.x, sourceY: start.y, targetX: end.x, targetY: end.y });
  return (
    <ViewportPortal>
      <svg className="mw-merged mw-proposed" aria-hidden="true">
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
