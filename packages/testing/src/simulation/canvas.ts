import type { JsonObject } from '@millwright/core';
import type { WorkflowDocumentInput } from '@millwright/workflow';
import type { Behaviour, Scenario } from './scenario.ts';

type NodeInput = NonNullable<WorkflowDocumentInput['nodes']>[number];

/** What the nodes of a simulation are on a canvas. */
const REAL: Readonly<Record<string, { readonly type: string; readonly parameters: JsonObject }>> = {
  'test.set': { type: 'core.editFields', parameters: {} },
  'test.whole': { type: 'core.aggregate', parameters: {} },
  'test.read': { type: 'http.request', parameters: { method: 'GET', url: 'http://localhost/' } },
  'test.write': { type: 'http.request', parameters: { method: 'POST', url: 'http://localhost/' } },
  'test.ask': { type: 'http.request', parameters: { method: 'POST', url: 'http://localhost/' } },
};

/** The workflow of a scenario with real node types, to be opened on a canvas; how its nodes behave is in their notes. */
export function toCanvas({ document, behaviours }: Pick<Scenario, 'document' | 'behaviours'>): WorkflowDocumentInput {
  return { ...document, nodes: (document.nodes ?? []).map((node) => drawn(node, behaviours[node.id])) };
}

function drawn(node: NodeInput, behaviour: Behaviour | undefined): NodeInput {
  const real = REAL[node.type];
  const notes = [
    real === undefined ? '' : `${node.type} ${JSON.stringify(node.parameters ?? {})}`,
    behaviour === undefined ? '' : told(behaviour),
  ];
  const parameters = (real?.parameters ?? node.parameters ?? {}) as NonNullable<NodeInput['parameters']>;
  return {
    ...node,
    type: real?.type ?? node.type,
    parameters,
    settings: { ...node.settings, notes: notes.filter((one) => one !== '').join('\n') },
  };
}

function told({ answers }: Behaviour): string {
  const lines = answers.map(
    (tries, index) => `n % 4 = ${index}: ${tries.map((one) => (one.kind === 'done' ? `${one.count} items` : one.error)).join(', then ')}`,
  );
  return lines.join('\n');
}
