import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import type { DraftChange } from '../document/changes.ts';
import { findNode } from '../graph/graph-queries.ts';
import { planInsertion, type Placement } from '../graph/placement.ts';
import type { EditorSession } from '../session.ts';
import { showField } from '../state/interface-store.ts';

/**
 * Puts a step of this type into the draft, selects it and opens its first field. One entry of the undo history.
 * @param placement where it goes; with what it begins, besides its defaults
 */
export function insertStep(
  session: EditorSession,
  info: NodeTypeInfo,
  { parameters = {}, ...placement }: Placement & { readonly parameters?: WorkflowNode['parameters'] },
): void {
  const document = session.draft.document();
  const { node, changes } = planInsertion(document, session.catalog, { info, name: session.titleOf(info), placement });
  session.draft.apply(
    changes.map((change): DraftChange =>
      change.kind === 'addNode' && change.node.id === node.id ? { ...change, node: { ...node, parameters } } : change,
    ),
  );
  session.camera.current?.reveal(node.id);
  showField(session.ui, node.id, '');
  const edge = changes.find((change) => change.kind === 'addEdge' && change.edge.to === node.id);
  const from = edge?.kind === 'addEdge' ? findNode(document, edge.edge.from)?.name : undefined;
  session.say(
    from === undefined ? { key: 'say.added', values: { name: node.name } } : { key: 'say.addedAfter', values: { name: node.name, from } },
  );
}
