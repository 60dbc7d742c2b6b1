import type { NodeTypeCatalog, NodeTypeInfo, WorkflowDocument, WorkflowDocumentInput } from '@millwright/workflow';
import { toParameterSchema, workflowDocumentSchema } from '@millwright/workflow';
import { z } from 'zod';
import { controlNodeTypes } from '../index.ts';

function typeOf(type: string, more: Partial<NodeTypeInfo> = {}): NodeTypeInfo {
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
    inputs: [{ name: 'main', title: 'Input' }],
    outputs: [{ name: 'main', title: 'Output' }],
    parameters: toParameterSchema(z.strictObject({})),
    once: [],
    raw: [],
    sample: {},
    window: 1,
    timeoutMs: 30_000,
    onLostAnswer: 'ask',
    locales: {},
    ...more,
  };
}

const webhook = z.strictObject({ answer: z.enum(['now', 'respond', 'end']).default('now') });
const request = z.strictObject({
  method: z
    .enum(['GET', 'POST'])
    .default('GET')
    .meta({ title: 'Method', field: { expression: false } }),
  url: z.string().min(1).meta({ title: 'URL' }),
  bodyType: z.enum(['none', 'json']).default('none'),
  body: z.json().meta({ title: 'Body', field: { showIf: { parameter: 'bodyType', in: ['json'] } } }),
  tries: z.int().min(1).max(5).optional(),
  headers: z.array(z.strictObject({ name: z.string().min(1), value: z.string() })).default([]),
});

const program = z.strictObject({
  language: z.enum(['javascript', 'typescript', 'python']).default('javascript'),
  source: z
    .string()
    .min(1)
    .max(1000)
    .meta({ title: 'Code', field: { control: 'code', language: 'language', expression: false } }),
});

const types: readonly NodeTypeInfo[] = [
  ...controlNodeTypes,
  typeOf('core.webhook', { kind: 'trigger', inputs: [], parameters: toParameterSchema(webhook) }),
  typeOf('test.code', { effect: 'code', once: ['*'], raw: ['source'], parameters: toParameterSchema(program) }),
  typeOf('test.keyed', { effect: 'write', onLostAnswer: 'resend', keyTtlMs: 3_600_000 }),
  typeOf('core.manual', { kind: 'trigger', inputs: [] }),
  typeOf('test.any', { parameters: toParameterSchema(z.looseObject({})) }),
  typeOf('test.merge', {
    inputs: [
      { name: 'left', title: 'Left' },
      { name: 'right', title: 'Right' },
    ],
  }),
  typeOf('http.request', {
    parameters: toParameterSchema(request),
    effect: 'write',
    effectBy: { parameter: 'method', classes: { GET: 'read' }, otherwise: 'write' },
    onLostAnswer: 'resend',
    onLostAnswerBy: { parameter: 'method', answers: { POST: 'ask' } },
    window: 10,
  }),
];

/** A catalog with the control nodes, two triggers, a request, a merge and `test.any`, which takes any parameters. */
export const testCatalog: NodeTypeCatalog = {
  get: (type, version) => types.find((info) => info.type === type && info.version === version),
  all: () => types,
};

/** Nodes as `id: type` or with more; edges as `from[.output]>to[.input]`; drawn from top to bottom. */
export function documentOf(
  nodes: Readonly<Record<string, string | Partial<NonNullable<WorkflowDocumentInput['nodes']>[number]>>>,
  edges: readonly string[],
  settings: WorkflowDocumentInput['settings'] = {},
): WorkflowDocument {
  return workflowDocumentSchema.parse({
    format: 'millwright.workflow/1',
    name: 'Test',
    nodes: Object.entries(nodes).map(([id, node], index) => ({
      id,
      name: id,
      version: 1,
      position: [0, index * 100],
      type: 'test.any',
      ...(typeof node === 'string' ? { type: node } : node),
    })),
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split('>');
      const [fromId, output = 'main'] = from.split('.');
      const [toId, input = 'main'] = to.split('.');
      return { from: fromId, output, to: toId, input };
    }),
    settings,
  });
}
