import type { ClipboardContent, NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { boundsOf, CARD_HEIGHT, CARD_WIDTH, type Box, type Point } from '../../graph/geometry.ts';
import { findNode } from '../../graph/graph-queries.ts';
import { layoutOf } from '../../graph/layout.ts';
import { freeSpot, type Placement } from '../../graph/placement.ts';
import type { EditorSession } from '../../session.ts';
import { putIn } from './paste-steps.ts';

/** Space to the right of the step that one is at, px. */
const GAP = 80;

/** Where one is: at a point, or beside a step. */
function placeOf(document: WorkflowDocument, catalog: NodeTypeCatalog, placement: Placement): Point {
  if (placement.kind === 'free' || placement.kind === 'before') return placement.at;
  if (placement.kind === 'after' && placement.at) return placement.at;
  const node = findNode(document, placement.kind === 'after' ? placement.from.nodeId : placement.edge.from);
  if (!node) return { x: 0, y: 0 };
  const { x, y, width } = layoutOf(document, catalog).boxOf(node);
  return { x: x + width + GAP, y };
}

/** Room that steps and notes take. */
function sizeOf({ nodes, annotations }: ClipboardContent, catalog: NodeTypeCatalog): Pick<Box, 'width' | 'height'> {
  const { boxOf } = layoutOf({ nodes }, catalog);
  const notes = annotations.map(({ position: [x, y], size: [width, height] }) => ({ x, y, width, height }));
  const { width, height } = boundsOf([...nodes.map(boxOf), ...notes]) ?? { width: CARD_WIDTH, height: CARD_HEIGHT };
  return { width, height };
}

/**
 * Puts a finished workflow into the draft as a copy, as paste does: where one is, or below, where nothing is in its way; outside of every
 * frame, as it begins with a trigger of its own.
 */
export async function putWhole(session: EditorSession, content: ClipboardContent, placement: Placement): Promise<void> {
  const { draft, catalog } = session;
  await putIn(session, content, () => {
    const at = placeOf(draft.document(), catalog, placement);
    const [x, y] = freeSpot(draft.document(), catalog, { at, parent: null, size: sizeOf(content, catalog) });
    return { x, y, parent: null };
  });
}
