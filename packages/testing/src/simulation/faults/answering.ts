import type { WorkflowDocumentInput } from '@millwright/workflow';
import { SeededRandom } from '../random.ts';

/** Runs whose caller waits for a step that answers. */
const ANSWERING = 0.25;
/** Its id. */
const ANSWER = 'answer';

/** A workflow in which some step leads to one that answers the caller; by a lot of its own, so that all other seeds stay what they are. */
export function answering(document: WorkflowDocumentInput, seed: number): WorkflowDocumentInput {
  const random = new SeededRandom(seed ^ 0x4e59);
  if (!random.chance(ANSWERING)) return document;
  const nodes = document.nodes ?? [];
  const plain = nodes.filter(({ id, type, parent }) => (parent ?? null) === null && (id === 't' || type.startsWith('test.')));
  const from = random.pick(plain).id;
  const position: [number, number] = [1_000, random.int(1_000)];
  const node = { id: ANSWER, name: 'Answer', type: 'core.respond', version: 1, position, parameters: { body: '{{ $json }}' } };
  return {
    ...document,
    nodes: [...nodes, node],
    edges: [...(document.edges ?? []), { from, output: 'main', to: ANSWER, input: 'main' }],
  };
}

/** Whether a plan has a step that answers. */
export function isAnswering({ nodes }: { readonly nodes: readonly { readonly id: string }[] }): boolean {
  return nodes.some(({ id }) => id === ANSWER);
}
