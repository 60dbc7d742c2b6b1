import type { Item, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { findNode, reachable } from '../core/graph/graph-queries.ts';

/** What each step put out last, by node and port. */
export type Samples = Readonly<
  Record<string, { readonly runId: string; readonly at: string; readonly outputs: Readonly<Record<string, readonly Item[]>> }>
>;

/** Items to preview with, and where they come from. */
export interface SampleItems {
  readonly items: readonly Item[];
  /** `run`: from the last run. `example`: what the step's type says. `none`: nothing known. */
  readonly source: 'run' | 'example' | 'none';
}

/** Everything that a preview is made from. */
export interface SampleContext {
  readonly document: WorkflowDocument;
  readonly catalog: NodeTypeCatalog;
  readonly samples: Samples;
}

function exampleOf(context: SampleContext, node: WorkflowNode, depth: number): SampleItems {
  const info = context.catalog.get(node.type, node.version);
  const sample = info?.sample;
  const isEmpty = sample === undefined || sample === null || JSON.stringify(sample) === '{}';
  if (info?.kind === 'control' || isEmpty) return depth > 0 ? incoming(context, node.id, depth - 1) : { items: [], source: 'none' };
  return { items: [{ json: sample }], source: 'example' };
}

/** Steps deep that examples are passed on through steps that hand their items on. */
const EXAMPLE_DEPTH = 8;

/** What a port of a step put out: from the last run, else the example of its type. */
export function outputItems(
  context: SampleContext,
  from: { readonly nodeId: string; readonly port?: string },
  depth = EXAMPLE_DEPTH,
): SampleItems {
  const { nodeId, port } = from;
  const outputs = context.samples[nodeId]?.outputs;
  const items = port === undefined ? Object.values(outputs ?? {}).find((list) => list.length > 0) : outputs?.[port];
  if (items && items.length > 0) return { items, source: 'run' };
  const node = findNode(context.document, nodeId);
  return node ? exampleOf(context, node, depth) : { items: [], source: 'none' };
}

/** What arrives at a step. */
export function incoming(context: SampleContext, nodeId: string, depth = EXAMPLE_DEPTH): SampleItems {
  const found = context.document.edges
    .filter((edge) => edge.to === nodeId)
    .map((edge) => outputItems(context, { nodeId: edge.from, port: edge.output }, depth));
  const real = found.filter((entry) => entry.source === 'run');
  if (real.length > 0) return { items: real.flatMap((entry) => entry.items), source: 'run' };
  return found.find((entry) => entry.source === 'example') ?? { items: [], source: 'none' };
}

/** Steps whose data a step can use, the nearest first. */
export function upstreamNodes(document: WorkflowDocument, nodeId: string): readonly WorkflowNode[] {
  return reachable(document, nodeId, 'up').flatMap((id) => (id === nodeId ? [] : (findNode(document, id) ?? [])));
}
