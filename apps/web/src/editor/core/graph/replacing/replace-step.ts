import type { JsonObject, JsonValue } from '@millwright/core';
import type { Edge, NodeTypeCatalog, NodeTypeInfo, PortInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { findNode } from '../graph-queries.ts';
import { isContainer } from '../layout.ts';
import { type ParameterSpec, parametersOf } from '../parameters.ts';
import { inputsOf, isInner, outputsOf } from '../edges/ports.ts';
import type { ReplaceNeeds } from './replace-needs.ts';

/** Something of a step that its new type has no place for. */
export type Dropped =
  | { readonly kind: 'parameter'; readonly key: string }
  | { readonly kind: 'credential'; readonly slot: string }
  | { readonly kind: 'line'; readonly edge: Edge };

/** What a step keeps and loses when it becomes one of another type. */
export interface Replacement {
  readonly changes: readonly DraftChange[];
  readonly dropped: readonly Dropped[];
}

/** Whether a type can take the place. */
export function canReplace(info: NodeTypeInfo, needs: ReplaceNeeds): boolean {
  if (isContainer(info) || (info.kind === 'trigger') !== needs.isTrigger) return false;
  const hasInput = info.inputs.length > 0 || info.inputsFrom !== undefined;
  const hasOutput = info.outputs.length > 0 || info.outputsFrom !== undefined;
  return (hasInput || !needs.needsInput) && (hasOutput || !needs.needsOutput);
}

function typeOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

/** The JSON types that a schema takes; empty: any. */
function typesIn(schema: JsonObject): readonly string[] {
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return (choices as readonly JsonObject[]).flatMap(typesIn);
  const { type } = schema;
  const list = Array.isArray(type) ? type : [type];
  return list.flatMap((one) => (typeof one === 'string' ? [one === 'integer' ? 'number' : one] : []));
}

/** Whether a value may stand in a parameter of the new type. */
function fits(spec: ParameterSpec, value: JsonValue): boolean {
  if (typeof value === 'string' && value.includes('{{') && spec.control !== 'code') return spec.allowsExpression;
  if (spec.options.length > 0 && !spec.isMultiple)
    return spec.options.some((option) => JSON.stringify(option.value) === JSON.stringify(value));
  const types = typesIn(spec.schema);
  return types.length === 0 || types.includes(typeOf(value));
}

function parameterChanges(node: WorkflowNode, info: NodeTypeInfo): Replacement {
  const specs = new Map(parametersOf(info).map((spec) => [spec.key, spec]));
  const lost = Object.entries(node.parameters as JsonObject).flatMap(([key, value]) => {
    const spec = specs.get(key);
    return spec && fits(spec, value) ? [] : [key];
  });
  return {
    changes: lost.map((key) => ({ kind: 'setParameter', nodeId: node.id, key, value: undefined })),
    dropped: lost.map((key) => ({ kind: 'parameter', key })),
  };
}

/** A connection stays where the new type has a place of the same name for one of its kinds. */
function credentialChanges(node: WorkflowNode, before: NodeTypeInfo | undefined, info: NodeTypeInfo): Replacement {
  const lost = Object.keys(node.credentials).filter((name) => {
    const slot = info.credentials?.find((one) => one.name === name);
    const kinds = before?.credentials?.find((one) => one.name === name)?.types ?? [];
    return !slot || !(slot.types.includes('*') || kinds.some((kind) => slot.types.includes(kind)));
  });
  return {
    changes: lost.map((slot) => ({ kind: 'setCredential', nodeId: node.id, slot, credentialId: undefined })),
    dropped: lost.map((slot) => ({ kind: 'credential', slot })),
  };
}

/** The port that takes the place of another: of the same name, or the only one where there was only one. */
function successor(before: readonly PortInfo[], after: readonly PortInfo[], name: string): string | null {
  if (after.some((port) => port.name === name)) return name;
  const [only] = after;
  return before.length === 1 && after.length === 1 && only ? only.name : null;
}

const outer = (ports: readonly PortInfo[]): readonly PortInfo[] => ports.filter((port) => !isInner(port));

function lineChanges(
  document: WorkflowDocument,
  { node, next }: { readonly node: WorkflowNode; readonly next: WorkflowNode },
  types: { readonly before: NodeTypeInfo | undefined; readonly info: NodeTypeInfo },
): Replacement {
  const inputs = [outer(inputsOf(node, types.before)), outer(inputsOf(next, types.info))] as const;
  const outputs = [outer(outputsOf(node, types.before)), outer(outputsOf(next, types.info))] as const;
  const changes: DraftChange[] = [];
  const dropped: Dropped[] = [];
  for (const edge of document.edges.filter((one) => one.from === node.id || one.to === node.id)) {
    const output = edge.from === node.id ? successor(...outputs, edge.output) : edge.output;
    const input = edge.to === node.id ? successor(...inputs, edge.input) : edge.input;
    if (output === edge.output && input === edge.input) continue;
    changes.push({ kind: 'removeEdge', edge });
    if (output === null || input === null) dropped.push({ kind: 'line', edge });
    else changes.push({ kind: 'addEdge', edge: { ...edge, output, input } });
  }
  return { changes, dropped };
}

/**
 * Makes a step one of another type. It keeps its id, so that every reference to it holds, its name, its place, its settings,
 * the lines whose ports are there, and every parameter whose key and type are the same. One list of changes, hence one undo.
 */
export function planReplacement(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { nodeId, info }: { readonly nodeId: string; readonly info: NodeTypeInfo },
): Replacement {
  const node = findNode(document, nodeId);
  if (!node) return { changes: [], dropped: [] };
  const before = catalog.get(node.type, node.version);
  const parameters = parameterChanges(node, info);
  const credentials = credentialChanges(node, before, info);
  const lost = new Set(parameters.dropped.flatMap((one) => (one.kind === 'parameter' ? [one.key] : [])));
  const kept = Object.fromEntries(Object.entries(node.parameters).filter(([key]) => !lost.has(key)));
  const next = { ...node, type: info.type, version: info.version, parameters: kept };
  const lines = lineChanges(document, { node, next }, { before, info });
  const type: DraftChange = { kind: 'setType', nodeId, type: info.type, version: info.version };
  return {
    changes: [type, ...parameters.changes, ...credentials.changes, ...lines.changes],
    dropped: [...parameters.dropped, ...credentials.dropped, ...lines.dropped],
  };
}
