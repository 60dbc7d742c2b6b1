import type { JsonObject } from '@millwright/core';
import { createScope, type ExpressionScope, type NodeView, type ScopeItem } from '@millwright/expressions/browser';
import { findNode } from '../../core/graph/graph-queries.ts';
import { incoming, outputItems, type SampleContext, upstreamNodes } from '../samples.ts';

/** Which step and item a preview is for. */
export interface PreviewAim extends SampleContext {
  readonly nodeId: string;
  readonly workflowId: string;
  readonly itemIndex: number;
  readonly nowMs: number;
  /** Variables of the workspace, and environment names that are allowed. Absent: not known (yet). */
  readonly known?: { readonly vars: JsonObject; readonly env: readonly string[] };
}

function viewOf(aim: PreviewAim, nodeId: string, name: string): NodeView {
  const { items, source } = outputItems(aim, { nodeId });
  const at = (index: number): ScopeItem => items[Math.min(index, items.length - 1)] ?? { json: {} };
  return {
    name,
    isExecuted: source !== 'none',
    // Lineage is the engine's: a preview takes the item at the same place.
    item: () => at(aim.itemIndex),
    first: () => items[0],
    last: () => items.at(-1),
    all: () => items,
  };
}

/** The scope of an expression, filled with the latest real data, or with examples where nothing ran yet. */
export function previewScope(aim: PreviewAim): ExpressionScope {
  const { items } = incoming(aim, aim.nodeId);
  const upstream = upstreamNodes(aim.document, aim.nodeId);
  return createScope({
    items: items.length > 0 ? items : [{ json: {} }],
    itemIndex: Math.min(aim.itemIndex, Math.max(0, items.length - 1)),
    nowMs: aim.nowMs,
    timezone: aim.document.settings.timezone,
    workflow: { id: aim.workflowId, name: aim.document.name },
    run: { id: 'preview' },
    vars: aim.known?.vars ?? {},
    // Values of the environment never reach the browser.
    env: Object.fromEntries((aim.known?.env ?? []).map((name) => [name, `‹${name}›`])),
    nodeNames: upstream.map((node) => node.name),
    node: (idOrName) => {
      const node = findNode(aim.document, idOrName) ?? aim.document.nodes.find((candidate) => candidate.name === idOrName);
      return node && upstream.some((candidate) => candidate.id === node.id) ? viewOf(aim, node.id, node.name) : undefined;
    },
  });
}
