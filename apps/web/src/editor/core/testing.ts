import type { JsonValue } from '@millwright/core';
import { type NodeTypeCatalog, type NodeTypeInfo, workflowDocumentSchema, type WorkflowDocument } from '@millwright/workflow';
import type { StepRun } from './state/overlay-store.ts';

/** A node type with two ports, for tests; give what matters. */
export function testType(parts: Partial<NodeTypeInfo> & Pick<NodeTypeInfo, 'type'>): NodeTypeInfo {
  return {
    version: 1,
    kind: 'action',
    title: parts.type,
    description: '',
    category: 'data',
    aliases: [],
    icon: 'box',
    effect: 'pure',
    inputs: [{ name: 'main', title: 'Input' }],
    outputs: [{ name: 'main', title: 'Output' }],
    parameters: {},
    once: [],
    raw: [],
    sample: {},
    window: 1,
    timeoutMs: 1000,
    onLostAnswer: 'resend',
    locales: {},
    ...parts,
  };
}

/** Types of the tests: a trigger, a step, a branch. */
export const testTypes: readonly NodeTypeInfo[] = [
  testType({ type: 'test.trigger', kind: 'trigger', inputs: [] }),
  testType({ type: 'test.step' }),
  testType({
    type: 'test.branch',
    kind: 'control',
    outputs: [
      { name: 'true', title: 'True' },
      { name: 'false', title: 'False' },
    ],
  }),
  testType({
    type: 'test.map',
    kind: 'control',
    container: true,
    inputs: [
      { name: 'main', title: 'Input' },
      { name: 'collect', title: 'Result', required: false, inner: true },
    ],
    outputs: [
      { name: 'each', title: 'Each item', inner: true },
      { name: 'main', title: 'Results' },
    ],
  }),
  testType({
    type: 'test.loop',
    kind: 'control',
    inputs: [
      { name: 'main', title: 'Input' },
      { name: 'back', title: 'Back', required: false },
    ],
    outputs: [
      { name: 'done', title: 'Done' },
      { name: 'loop', title: 'Loop' },
    ],
  }),
  testType({
    type: 'test.switch',
    kind: 'control',
    outputs: [],
    outputsFrom: { parameter: 'cases', name: 'id', title: 'name' },
    parameters: { properties: { cases: { type: 'array', items: { type: 'object', properties: { id: {}, name: {} } } } } },
  }),
  testType({
    type: 'test.merge',
    kind: 'control',
    inputs: [],
    inputsFrom: { parameter: 'inputs', prefix: 'in' },
    parameters: { properties: { inputs: { type: 'integer', default: 2 } } },
  }),
];

/** A catalog of the test types. */
export const testCatalog: NodeTypeCatalog = {
  get: (type, version) => testTypes.find((info) => info.type === type && info.version === version),
  all: () => testTypes,
};

/** A node by id, with its type and place. */
export type TestNode = readonly [id: string, type: string, x?: number, y?: number, parameters?: Record<string, JsonValue>, parent?: string];

/** A document from nodes and edges such as `a>b`, `a.true>b` or `a>b.in2`. */
export function testDocument(nodes: readonly TestNode[], edges: readonly string[] = []): WorkflowDocument {
  return workflowDocumentSchema.parse({
    format: 'millwright.workflow/1',
    name: 'Test',
    nodes: nodes.map(([id, type, x = 0, y = 0, parameters = {}, parent = null]) => ({
      id,
      name: id.toUpperCase(),
      type,
      version: 1,
      position: [x, y],
      parameters,
      parent,
    })),
    edges: edges.map((text) => {
      const [from = '', to = ''] = text.split('>');
      const [node = '', output = 'main'] = from.split('.');
      const [target = '', input = 'main'] = to.split('.');
      return { from: node, output, to: target, input };
    }),
  });
}

/** One activation of step `a` that went well. */
export function testStepRun(parts: Partial<StepRun> = {}): StepRun {
  return {
    nodeId: 'a',
    runIndex: 0,
    status: 'succeeded',
    reason: null,
    waitsFor: null,
    error: null,
    attempts: 1,
    startedAt: '2026-01-31T09:00:00.000Z',
    finishedAt: null,
    inputCounts: {},
    outputCounts: {},
    ...parts,
  };
}
