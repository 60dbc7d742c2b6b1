import type { JsonObject } from '@millwright/core';
import {
  portsOf,
  type Edge,
  type NodeTypeCatalog,
  type NodeTypeInfo,
  type PortInfo,
  type Problem,
  type WorkflowDocument,
  type WorkflowNode,
} from '@millwright/workflow';
import { parametersOf } from './catalog-fields.ts';
import { returnLoops } from './return-loops.ts';
import { readExpressions, type ReadExpressions } from './expressions.ts';
import { readPrograms } from './programs/read-programs.ts';

/** A document with what compiling looks up in it. */
export interface Drawing {
  readonly document: WorkflowDocument;
  /** First node of each id, top to bottom, then left to right. */
  readonly nodes: readonly WorkflowNode[];
  readonly byId: ReadonlyMap<string, WorkflowNode>;
  /** Node types by node id; absent where the catalog has none. */
  readonly types: ReadonlyMap<string, NodeTypeInfo>;
  /** Edges whose nodes and ports exist, each once. */
  readonly edges: readonly Edge[];
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
  readonly triggers: readonly WorkflowNode[];
  /** Nodes that some trigger reaches. */
  readonly reached: ReadonlySet<string>;
  /** What the expressions of each node say, by node id. */
  readonly expressions: ReadonlyMap<string, ReadExpressions>;
}

/** Nodes reached from these along edges, themselves included. */
export function reach(from: readonly string[], outgoing: ReadonlyMap<string, readonly Edge[]>): Set<string> {
  const found = new Set(from);
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of outgoing.get(id) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}

/** The order in which people read a drawing. */
function inDrawingOrder(a: WorkflowNode, b: WorkflowNode): number {
  return a.position[1] - b.position[1] || a.position[0] - b.position[0] || (a.id < b.id ? -1 : 1);
}

/** Reads a drawing; everything that cannot be wired is told to `report` and left out. */
export function readDrawing(document: WorkflowDocument, catalog: NodeTypeCatalog, report: (problem: Problem) => void): Drawing {
  const byId = new Map<string, WorkflowNode>();
  for (const node of document.nodes) {
    if (byId.has(node.id))
      report({
        code: 'node_id_duplicate',
        level: 'error',
        nodeId: node.id,
        text: `Two steps have the id "${node.id}".`,
        hint: 'Delete one of them and add it again.',
        values: { id: node.id },
      });
    else byId.set(node.id, node);
  }
  const nodes = [...byId.values()].toSorted(inDrawingOrder);
  const types = new Map<string, NodeTypeInfo>();
  for (const node of nodes) {
    const info = catalog.get(node.type, node.version);
    if (info !== undefined) types.set(node.id, info);
    else report(unknownType(node, catalog));
  }
  const edges = returnLoops(readEdges(document.edges, { byId, types }, report), byId);
  const outgoing = Map.groupBy(edges, (edge) => edge.from);
  const incoming = Map.groupBy(edges, (edge) => edge.to);
  const triggers = nodes.filter((node) => types.get(node.id)?.kind === 'trigger' && !node.settings.disabled);
  const reached = reach(
    triggers.map((node) => node.id),
    outgoing,
  );
  const profile = document.settings.expressions;
  const expressions = new Map(nodes.flatMap((node) => expressionsOf(node, types.get(node.id), { edges, profile })));
  return { document, nodes, byId, types, edges, outgoing, incoming, triggers, reached, expressions };
}

function expressionsOf(
  node: WorkflowNode,
  info: NodeTypeInfo | undefined,
  { edges, profile }: { readonly edges: readonly Edge[]; readonly profile: 'n8n' | undefined },
): [string, ReadExpressions][] {
  if (info === undefined) return [];
  const parameters = parametersOf(node, info);
  const [expressions, programs] = [readExpressions(parameters, { raw: info.raw, profile }), readPrograms(parameters, info)];
  const any = programs.readsAny ? before(node.id, edges).map((name) => ({ field: '', name })) : [];
  return [[node.id, { nodes: [...expressions.nodes, ...programs.nodes, ...any], errors: [...expressions.errors, ...programs.errors] }]];
}

/** Nodes from which items can reach a node. */
function before(nodeId: string, edges: readonly Edge[]): readonly string[] {
  const backwards = edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  const found = reach(
    [nodeId],
    Map.groupBy(backwards, (edge) => edge.from),
  );
  found.delete(nodeId);
  return [...found];
}

function unknownType(node: WorkflowNode, catalog: NodeTypeCatalog): Problem {
  const known = catalog.all().filter((info) => info.type === node.type);
  const values = { type: node.type, version: node.version };
  if (known.length === 0)
    return {
      code: 'node_type_unknown',
      level: 'error',
      nodeId: node.id,
      field: 'type',
      text: `There is no step type "${node.type}".`,
      hint: 'Install the package that has it, or replace the step.',
      values,
    };
  const versions = known.map((info) => info.version).join(', ');
  return {
    code: 'node_version_unknown',
    level: 'error',
    nodeId: node.id,
    field: 'version',
    text: `"${node.type}" has no version ${node.version}; installed: ${versions}.`,
    hint: 'Replace the step with an installed version.',
    values,
  };
}

type Known = Pick<Drawing, 'byId' | 'types'>;

function readEdges(edges: readonly Edge[], known: Known, report: (problem: Problem) => void): Edge[] {
  const good = new Map<string, Edge>();
  for (const edge of edges) {
    const problems = [...dangling(edge, known), ...portProblems(edge, known)];
    for (const problem of problems) report(problem);
    if (problems.length === 0 && known.types.has(edge.from) && known.types.has(edge.to)) {
      good.set(`${edge.from}:${edge.output}:${edge.to}:${edge.input}`, edge);
    }
  }
  return [...good.values()];
}

function dangling(edge: Edge, { byId }: Known): Problem[] {
  const missing = [edge.from, edge.to].filter((id) => !byId.has(id));
  const present = [edge.from, edge.to].find((id) => byId.has(id));
  return missing.map((id) => ({
    code: 'edge_dangling',
    level: 'error',
    ...(present === undefined ? {} : { nodeId: present }),
    field: 'edges',
    text: `A line leads to "${id}", which does not exist.`,
    hint: 'Delete the line.',
    values: { id },
  }));
}

function portProblems(edge: Edge, { byId, types }: Known): Problem[] {
  const problems: Problem[] = [];
  const from = byId.get(edge.from);
  const fromType = types.get(edge.from);
  const to = byId.get(edge.to);
  const toType = types.get(edge.to);
  if (from !== undefined && fromType !== undefined && !outputPorts(from, fromType).includes(edge.output))
    problems.push(portUnknown(edge.from, 'outputs', edge.output));
  if (toType?.kind === 'trigger') {
    problems.push({
      code: 'trigger_with_input',
      level: 'error',
      nodeId: edge.to,
      field: 'inputs',
      text: 'A trigger starts the workflow and cannot have a step before it.',
      hint: 'Delete the line into it.',
    });
  } else if (to !== undefined && toType !== undefined && !inputPorts(to, toType).some((port) => port.name === edge.input))
    problems.push(portUnknown(edge.to, 'inputs', edge.input));
  return problems;
}

function portUnknown(nodeId: string, side: 'inputs' | 'outputs', port: string): Problem {
  const what = side === 'inputs' ? 'input' : 'output';
  return {
    code: 'port_unknown',
    level: 'error',
    nodeId,
    field: `${side}.${port}`,
    text: `This step has no ${what} "${port}".`,
    hint: 'Delete the line and draw it again.',
    values: { port },
  };
}

/** Input ports of a node. */
export function inputPorts(node: WorkflowNode, info: NodeTypeInfo): readonly PortInfo[] {
  return portsOf(info, node.parameters as JsonObject).inputs;
}

/** Output ports of a node; the error port exists while its errors branch off. */
export function outputPorts(node: WorkflowNode, info: NodeTypeInfo): readonly string[] {
  const names = portsOf(info, node.parameters as JsonObject).outputs.map((port) => port.name);
  return node.settings.onError === 'branch' && !names.includes('error') ? [...names, 'error'] : names;
}
