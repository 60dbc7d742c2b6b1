import type { NodeTypeInfo } from '@millwright/workflow';
import { findNode } from '../core/graph/graph-queries.ts';
import { planReplacement } from '../core/graph/replacing/replace-step.ts';
import type { EditorSession } from '../core/session.ts';
import { showField } from '../core/state/interface-store.ts';

/** Makes a step one of another type, and shows what it lost by that. One entry of the undo history. */
export function replaceStep(session: EditorSession, nodeId: string, info: NodeTypeInfo): void {
  const document = session.draft.document();
  const before = findNode(document, nodeId);
  if (!before) return;
  const { changes, dropped } = planReplacement(document, session.catalog, { nodeId, info });
  session.draft.apply(changes);
  session.ui.setState({ replaced: dropped.length === 0 ? null : { before, dropped } });
  if (dropped.length === 0) showField(session.ui, nodeId, '');
  session.say({ key: 'say.replaced', values: { name: before.name, type: session.titleOf(info) } });
}
