import type { Annotation } from '@millwright/workflow';
import fc from 'fast-check';
import type { DraftChange } from './changes.ts';

/** A section over some of these nodes. */
function anyAnnotation(ids: readonly string[]): fc.Arbitrary<Annotation> {
  return fc.record({
    id: fc.constantFrom('note', 'section'),
    kind: fc.constant('section' as const),
    position: fc.tuple(fc.integer(), fc.integer()),
    size: fc.tuple(fc.nat(900), fc.nat(900)),
    text: fc.constantFrom('', 'Owner'),
    color: fc.constant('blue'),
    members: fc.subarray([...ids]),
  });
}

/** Any change of a draft with these node ids; some of them are of nodes that are not there. */
export function anyChange(ids: readonly string[]): fc.Arbitrary<DraftChange> {
  const id = fc.constantFrom(...ids);
  const noteId = fc.constantFrom('note', 'section');
  return fc.oneof(
    id.map((nodeId): DraftChange => ({ kind: 'removeNode', nodeId })),
    fc.record({ kind: fc.constant('moveNode' as const), nodeId: id, position: fc.tuple(fc.integer(), fc.integer()) }),
    fc.record({ kind: fc.constant('renameNode' as const), nodeId: id, name: fc.constantFrom('One', 'Two') }),
    fc.record({
      kind: fc.constant('setParameter' as const),
      nodeId: id,
      key: fc.constantFrom('url', 'body'),
      value: fc.constantFrom('x', 5, undefined),
    }),
    fc.record({ kind: fc.constant('setNodeSetting' as const), nodeId: id, key: fc.constant('disabled' as const), value: fc.boolean() }),
    fc.tuple(id, id).map(([from, to]): DraftChange => ({ kind: 'addEdge', edge: { from, output: 'main', to, input: 'main' } })),
    fc
      .tuple(id, id, fc.constantFrom('Paid', 'Open', undefined))
      .map(([from, to, label]): DraftChange => ({ kind: 'setEdgeLabel', edge: { from, output: 'main', to, input: 'main' }, label })),
    fc.tuple(id, id).map(([from, to]): DraftChange => ({
      kind: 'addEdge',
      edge: { from, output: 'main', to, input: 'main', label: 'Drawn' },
    })),
    fc.tuple(id, id).map(([from, to]): DraftChange => ({ kind: 'removeEdge', edge: { from, output: 'main', to, input: 'main' } })),
    fc.record({ kind: fc.constant('setParent' as const), nodeId: id, parent: fc.option(id) }),
    fc.record({
      kind: fc.constant('resizeNode' as const),
      nodeId: id,
      size: fc.option(fc.tuple(fc.nat(2000), fc.nat(2000)), { nil: undefined }),
    }),
    fc.record({ kind: fc.constant('addAnnotation' as const), annotation: anyAnnotation(ids) }),
    noteId.map((annotationId): DraftChange => ({ kind: 'removeAnnotation', annotationId })),
    fc.record({
      kind: fc.constant('changeAnnotation' as const),
      annotationId: noteId,
      patch: fc.record({ text: fc.constantFrom('x', 'y'), isCollapsed: fc.boolean() }),
    }),
    fc.record({ kind: fc.constant('setMember' as const), sectionId: noteId, nodeId: id, isMember: fc.boolean() }),
    fc.constantFrom('parallel', 'sequential').map((value): DraftChange => ({ kind: 'setWorkflowSetting', key: 'order', value })),
    fc.constantFrom('First', 'Second').map((name): DraftChange => ({ kind: 'renameWorkflow', name })),
  );
}
