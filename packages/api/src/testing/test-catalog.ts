import { controlNodeTypes } from '@millwright/engine';
import type { NodeKind, NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';

function nodeType(type: string, kind: NodeKind, parameters: NodeTypeInfo['parameters'] = { type: 'object' }): NodeTypeInfo {
  const inputs = kind === 'trigger' ? [] : [{ name: 'main', title: 'Input' }];
  const outputs = [{ name: 'main', title: 'Output' }];
  const look = { title: type, description: '', category: 'apps', aliases: [], icon: 'box', sample: {}, locales: {} };
  return {
    type,
    version: 1,
    kind,
    parameters,
    inputs,
    outputs,
    effect: 'pure',
    once: [],
    raw: [],
    window: 1,
    timeoutMs: 60_000,
    onLostAnswer: 'resend',
    ...look,
  };
}

const urlRequired = { type: 'object', properties: { url: { type: 'string', minLength: 1 } }, required: ['url'] };

/** Parameters whose values the service knows. */
const picking = {
  type: 'object',
  properties: {
    region: { type: 'string', title: 'Region' },
    shelf: { type: 'string', title: 'Shelf', field: { load: { options: 'shelves', dependsOn: ['region'] } } },
  },
};

/** Node types of the sample workflow: the engine's own, and stand-ins with the shape of the built-in ones. */
const infos: readonly NodeTypeInfo[] = [
  ...controlNodeTypes,
  nodeType('core.webhook', 'trigger'),
  nodeType('core.manual', 'trigger'),
  nodeType('core.editFields', 'transform'),
  nodeType('http.request', 'action', urlRequired),
  { ...nodeType('shop.order', 'action'), credentials: [{ name: 'auth', types: ['shop.oauth'], required: true }] },
  { ...nodeType('shop.pick', 'action', picking), credentials: [{ name: 'auth', types: ['shop.key'], required: true }] },
];

/** A catalog for tests. */
export const testCatalog: NodeTypeCatalog = {
  get: (type, version) => infos.find((info) => info.type === type && info.version === version),
  all: () => infos,
};
