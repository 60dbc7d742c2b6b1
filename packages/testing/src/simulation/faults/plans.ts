import { planFrom } from '@millwright/executor/testing';
import type { Plan, WorkflowDocumentInput } from '@millwright/workflow';
import type { Behaviour, Scenario } from '../scenario.ts';

/** A plan with how its nodes behave. */
export interface Played {
  readonly plan: Plan;
  readonly behaviours: Readonly<Record<string, Behaviour>>;
}

/** What every request says: its data, and whatever must not differ from one try to the next. */
const REQUEST = { body: '{{ $json }}', at: '{{ $now.toMillis() }}', dice: '{{ Math.random() }}' };

/** The plan of a scenario. What its nodes send says when it was begun, and a number by lot. @throws Error where it does not compile */
export function planOf({ document, behaviours }: Pick<Scenario, 'document' | 'behaviours'>): Played {
  const nodes = (document.nodes ?? []).map((node) => ({ ...withLaterRetry(node), parameters: parametersOf(node) }));
  return { plan: planFrom({ ...document, nodes }), behaviours };
}

/** What a node calls: it writes, and gives what it was given. */
export function calledBy(behaviour: Behaviour | undefined): Played {
  const node = (id: string, type: string, x: number) => ({
    id,
    name: `Node ${id}`,
    type,
    version: 1,
    position: [x, 0] as [number, number],
  });
  const document: WorkflowDocumentInput = {
    format: 'millwright.workflow/1',
    name: 'Called',
    nodes: [node('t', 'core.webhook', 0), node('w', 'test.write', 100), node('s', 'test.set', 200)],
    edges: [
      { from: 't', output: 'main', to: 'w', input: 'main' },
      { from: 'w', output: 'main', to: 's', input: 'main' },
    ],
    settings: {},
  };
  return planOf({ document, behaviours: behaviour === undefined ? {} : { w: behaviour } });
}

type NodeInput = NonNullable<WorkflowDocumentInput['nodes']>[number];

/** A retry that is due at once races with answers, and which wins is no outcome: it comes a millisecond later. */
function withLaterRetry(node: NodeInput): NodeInput {
  const retry = node.settings?.retry;
  return retry?.initialMs === 0 ? { ...node, settings: { ...node.settings, retry: { ...retry, initialMs: 1 } } } : node;
}

function parametersOf({ id, type, parameters = {} }: NodeInput): NonNullable<NodeInput['parameters']> {
  if (type === 'core.callWorkflow') return { ...parameters, workflow: id };
  // Where an item comes from is the model's business; here every request can be built.
  if (type === 'test.set') return { ...parameters, ...REQUEST };
  return type.startsWith('test.') && type !== 'test.whole' ? REQUEST : parameters;
}
