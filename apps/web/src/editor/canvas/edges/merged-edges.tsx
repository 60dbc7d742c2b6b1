import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { layoutOf } from '../../core/graph/layout.ts';
import { portPoint } from '../../core/graph/edges/port-places.ts';
import { useEditor, useShownDocument } from '../../session-context.ts';

/** All edges as one path: what is left of them in the overview, where single edges would cost a frame. */
export function MergedEdges() {
  const { catalog } = useEditor();
  const document = useShownDocument();
  const path = useMemo(() => {
    const { boxOf } = layoutOf(document, catalog);
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    return document.edges
      .map((edge) => {
        const from = nodes.get(edge.from);
        const to = nodes.get(edge.to);
        if (!from || !to) return '';
        const start = portPoint(from, catalog.get(from.type, from.version), { box: boxOf(from), side: 'output', port: edge.output });
        const end = portPoint(to, catalog.get(to.type, to.version), { box: boxOf(to), side: 'input', port: edge.input });
        return `M${start.x} ${start.y}L${end.x} ${end.y}`;
      })
      .join('');
  }, [document, catalog]);
  return (
    <ViewportPortal>
      <svg className="mw-merged" aria-hidden="true">
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
