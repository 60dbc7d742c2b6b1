import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { CARD_WIDTH, cardHeight, portOffset } from '../../core/graph/geometry.ts';
import { inputsOf, outputsOf } from '../../core/graph/ports.ts';
import { useDocument, useEditor } from '../../session-context.ts';

/** All edges as one path: what is left of them in the overview, where single edges would cost a frame. */
export function MergedEdges() {
  const { catalog } = useEditor();
  const document = useDocument();
  const path = useMemo(() => {
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    return document.edges
      .map((edge) => {
        const from = nodes.get(edge.from);
        const to = nodes.get(edge.to);
        if (!from || !to) return '';
        const fromInfo = catalog.get(from.type, from.version);
        const toInfo = catalog.get(to.type, to.version);
        const outputs = outputsOf(from, fromInfo);
        const inputs = inputsOf(toInfo);
        const y1 =
          from.position[1] +
          portOffset(
            Math.max(
              0,
              outputs.findIndex((port) => port.name === edge.output),
            ),
            outputs.length,
            cardHeight(from, fromInfo),
          );
        const y2 =
          to.position[1] +
          portOffset(
            Math.max(
              0,
              inputs.findIndex((port) => port.name === edge.input),
            ),
            inputs.length,
            cardHeight(to, toInfo),
          );
        return `M${from.position[0] + CARD_WIDTH} ${y1}L${to.position[0]} ${y2}`;
      })
      .join('');
  }, [document.nodes, document.edges, catalog]);
  return (
    <ViewportPortal>
      <svg className="mw-merged" aria-hidden="true">
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
