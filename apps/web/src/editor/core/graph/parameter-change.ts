import type { JsonValue } from '@millwright/core';
import type { NodeTypeCatalog, PortInfo, WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../document/changes.ts';
import { findNode } from './graph-queries.ts';
import { inputsOf, outputsOf } from './edges/ports.ts';

/** A parameter and the value it gets; undefined goes back to the default. */
export interface ParameterChange {
  readonly nodeId: string;
  readonly key: string;
  readonly value: JsonValue | undefined;
}

function gone(before: readonly PortInfo[], after: readonly PortInfo[]): ReadonlySet<string> {
  const kept = new Set(after.map((port) => port.name));
  return new Set(before.map((port) => port.name).filter((name) => !kept.has(name)));
}

/**
 * Sets a parameter. Lines at ports that it takes away (a removed case, fewer inputs) go in the same entry of the
 * history, so that one undo brings back both. A number that is still being typed takes nothing away.
 */
export function planParameter(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { nodeId, key, value }: ParameterChange,
): DraftChange[] {
  const change: DraftChange = { kind: 'setParameter', nodeId, key, value };
  const node = findNode(document, nodeId);
  const info = node && catalog.get(node.type, node.version);
  const isHalfTyped = info?.inputsFrom?.parameter === key && !(typeof value === 'number' && value >= 2);
  if (!node || !info || isHalfTyped) return [change];
  const { [key]: _old, ...others } = node.parameters;
  const parameters = { ...others, ...(value === undefined ? {} : { [key]: value }) } as typeof node.parameters;
  const next = { parameters, settings: node.settings };
  const lostInputs = gone(inputsOf(node, info), inputsOf(next, info));
  const lostOutputs = gone(outputsOf(node, info), outputsOf(next, info));
  const cut = document.edges.filter(
    (edge) => (edge.to === nodeId && lostInputs.has(edge.input)) || (edge.from === nodeId && lostOutputs.has(edge.output)),
  );
  return [change, ...cut.map((edge): DraftChange => ({ kind: 'removeEdge', edge }))];
}
