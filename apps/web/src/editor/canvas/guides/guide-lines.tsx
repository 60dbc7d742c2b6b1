import { ViewportPortal } from '@xyflow/react';
import { useInterface } from '../../session-context.ts';

/** How far a line goes beyond what it joins, canvas px. */
const BEYOND = 12;

/** The lines of a drag; nothing at all while nothing is dragged. */
export function GuideLines() {
  const guides = useInterface((state) => state.guides);
  if (guides.length === 0) return null;
  const path = guides
    .map(({ axis, at, from, to }) => (axis === 'x' ? `M${at} ${from - BEYOND}V${to + BEYOND}` : `M${from - BEYOND} ${at}H${to + BEYOND}`))
    .join('');
  return (
    <ViewportPortal>
      <svg className="mw-merged mw-guides" aria-hidden="true">
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
