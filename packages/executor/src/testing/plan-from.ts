import { controlNodeTypes } from '@millwright/engine';
import { compile } from '@millwright/engine/compile';
import { workflowDocumentSchema, type NodeTypeInfo, type Plan, type WorkflowDocumentInput } from '@millwright/workflow';

function typeOf(type: string, more: Partial<NodeTypeInfo> = {}): NodeTypeInfo {
  const port = { name: 'main', title: 'Main' };
  return {
    type,
    version: 1,
    kind: 'action',
    title: type,
    description: '',
    category: 'data',
    aliases: [],
    icon: 'box',
    effect: 'pure',
    inputs: [port],
    outputs: [port],
    parameters: {},
    once: [],
    raw: [],
    sample: {},
    window: 1,
    timeoutMs: 5_000,
    onLostAnswer: 'resend',
    locales: {},
    ...more,
  };
}

const types: readonly NodeTypeInfo[] = [
  ...controlNodeTypes,
  typeOf('core.webhook', {
    kind: 'trigger',
    inputs: [],
    parameters: { type: 'object', properties: { answer: { type: 'string', default: 'now' } } },
  }),
  typeOf('test.set'),
  typeOf('test.whole', { once: ['*'] }),
  typeOf('test.code', {
    effect: 'code',
    once: ['*'],
    raw: ['source'],
    onLostAnswer: 'ask',
    parameters: {
      type: 'object',
      properties: { source: { type: 'string', field: { control: 'code', expression: false } }, mode: { type: 'string', default: 'all' } },
    },
  }),
  typeOf('test.read', { effect: 'read', window: 10 }),
  typeOf('test.write', { effect: 'write', window: 2 }),
  typeOf('test.ask', { effect: 'write', onLostAnswer: 'ask' }),
  typeOf('test.keyed', { effect: 'write', keyTtlMs: 3_600_000 }),
];

/** A plan from a document whose nodes are control nodes and those of the test types. @throws Error with the problems where it has some */
export function planFrom(document: WorkflowDocumentInput): Plan {
  const parsed = workflowDocumentSchema.parse(document);
  const { plan, problems } = compile(parsed, { get: (type) => types.find((info) => info.type === type), all: () => types });
  if (plan === null) throw new Error(JSON.stringify(problems));
  return plan;
}
