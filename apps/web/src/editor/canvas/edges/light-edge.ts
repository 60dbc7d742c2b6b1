import type { Edge } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import { edgeUnder } from '../../core/graph/edges/insert-on-edge.ts';
import type { Move } from '../../core/graph/frames.ts';
import type { EditorSession } from '../../core/session.ts';

/** The line that a step would go into where it is now; none for several steps, which are only moved. */
export function edgeOf({ draft, catalog }: EditorSession, moves: readonly Move[]): Edge | null {
  const [only, ...others] = moves;
  return only && others.length === 0 ? edgeUnder(draft.document(), catalog, only) : null;
}

/** Lights that line, and no other. Asked for each move of the pointer: a few cells of an index, one write where the line changes. */
export function lightEdge({ ui }: EditorSession, edge: Edge | null): void {
  const litEdge = edge && edgeKey(edge);
  if (ui.getState().litEdge !== litEdge) ui.setState({ litEdge });
}
