import type { JsonObject } from '@millwright/core';
import type { Edge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { planGrowth } from '../frames.ts';
import { reachable } from '../graph-queries.ts';
import { boundsOf } from '../geometry.ts';
import { FRAME, layoutOf } from '../layout.ts';
import { planRemoval } from '../removal.ts';
import { type Boundary, boundaryOf, isItemByItem, isRow, type Refused } from './boundary.ts';
import { type Crossing, crossingsOf, type ExpressionTools, parameterChanges, type Rewrite, rewriteReads } from './crossings.ts';
import { type ExtractParts, type Given, givenOf, keysFor, made } from './given.ts';

/** A selection as a workflow of its own, and what is left of it: one call. */
export interface Extraction {
  readonly child: WorkflowDocument;
  /** What the new workflow is given besides the items, by name. */
  readonly inputs: readonly string[];
  /** Steps whose data later steps read: it comes out with each item. */
  readonly outputs: readonly string[];
  /** One entry of the parent's history. @param childId id of the new workflow */
  readonly changes: (childId: string) => readonly DraftChange[];
  readonly callId: string;
}

/** Space between two of the steps that are made, px. */
const COLUMN = 320;

function edge(from: string, to: string, ports: Partial<Pick<Edge, 'output' | 'input'>> = {}): Edge {
  return { from, to, output: 'main', input: 'main', ...ports };
}

/** The workflow while it is built: each part is put to what is there. */
interface Draft {
  readonly nodes: WorkflowNode[];
  readonly edges: Edge[];
}

/** What later steps read of the steps inside, besides what leaves them: it is put to each item at the end. */
function carriedOf(document: WorkflowDocument, outward: readonly Crossing[], exit: string | undefined) {
  return keysFor(
    document,
    outward.filter(({ of }) => of !== exit),
  );
}

interface ChildParts extends ExtractParts {
  readonly name: string;
  readonly boundary: Boundary;
  readonly given: Given;
  readonly carried: ReturnType<typeof carriedOf>;
}

/** The steps of the new workflow: those that are made first, the frame where there is one, and those that moved. */
function placedSteps(
  document: WorkflowDocument,
  { boundary, given, tools }: ChildParts,
  at: { readonly frame: WorkflowNode | null; readonly shift: readonly [number, number] },
): readonly WorkflowNode[] {
  const { frame, shift } = at;
  const moved = boundary.nodes.map((node): WorkflowNode => {
    const rewritten = rewriteReads(document, node.parameters as JsonObject, { rewrite: ({ source }) => given.read(source), tools });
    const parent = boundary.roots.includes(node) ? (frame?.id ?? null) : node.parent;
    const position: [number, number] = [node.position[0] + shift[0], node.position[1] + shift[1]];
    return { ...node, parameters: rewritten as WorkflowNode['parameters'], parent, position };
  });
  const lead = given.lead.map((node, index): WorkflowNode => ({ ...node, position: [index * COLUMN, 0] }));
  return [...lead, ...(frame ? [frame] : []), ...moved];
}

function buildChild(document: WorkflowDocument, catalog: NodeTypeCatalog, parts: ChildParts): WorkflowDocument {
  const { boundary, given, carried, words } = parts;
  const { boxOf } = layoutOf(document, catalog);
  const bounds = boundsOf(boundary.nodes.map(boxOf)) ?? { x: 0, y: 0, width: 0, height: 0 };
  const draft: Draft = { nodes: [], edges: document.edges.filter(({ from, to }) => boundary.ids.has(from) && boundary.ids.has(to)) };
  const hasFrame = boundary.exit !== null && !isRow(document, catalog, boundary);
  const left = given.lead.length * COLUMN;
  const shift = [left + (hasFrame ? FRAME.side : 0) - bounds.x, (hasFrame ? FRAME.head + FRAME.pad : 0) - bounds.y] as const;
  const frame = hasFrame ? made(document, 'core.try', { name: words.collect, position: [left, 0] }) : null;
  draft.nodes.push(...placedSteps(document, parts, { frame, shift }));
  for (const [index, node] of given.lead.slice(1).entries()) draft.edges.push(edge(given.lead[index]?.id ?? '', node.id));
  const start = given.lead.at(-1)?.id ?? '';
  draft.edges.push(...(frame ? [edge(start, frame.id)] : []));
  const entries = new Map(boundary.into.map((one) => [`${one.to} ${one.input}`, one]));
  for (const one of entries.values())
    draft.edges.push(edge(frame?.id ?? start, one.to, { output: frame ? 'try' : 'main', input: one.input }));
  const { exit } = boundary;
  let last = exit ? { ...exit } : null;
  const put = (node: WorkflowNode): void => {
    draft.nodes.push({
      ...node,
      parent: frame?.id ?? null,
      position: [bounds.x + bounds.width + shift[0] + COLUMN / 4, bounds.y + shift[1]],
    });
    if (last) draft.edges.push(edge(last.from, node.id, { output: last.output }));
    last = { from: node.id, output: 'main' };
  };
  if (carried.size > 0) {
    const assignments = [...carried].map(([source, { key }]) => ({ name: key, value: `{{ ${source} }}` }));
    put(made(document, 'core.editFields', { name: words.result, parameters: { assignments, keepOther: true } }));
  }
  if (frame && last) draft.edges.push(edge(last.from, frame.id, { output: last.output, input: 'result' }));
  const settings = { ...document.settings, onFailure: null, timeoutMs: null };
  return { format: document.format, name: parts.name, nodes: draft.nodes, edges: draft.edges, settings, annotations: [] };
}

/** Rewrites what later steps read: of the last step inside it is what the call gives, of the others it came out with the items. */
function outsideChanges(
  document: WorkflowDocument,
  parts: { readonly boundary: Boundary; readonly carried: ReturnType<typeof carriedOf>; readonly callId: string },
  tools: ExpressionTools,
): readonly DraftChange[] {
  const { boundary, carried, callId } = parts;
  const call = tools.fieldSource({ of: 'node', node: callId, path: [] });
  return document.nodes
    .filter(({ id }) => !boundary.ids.has(id))
    .flatMap((node) => {
      const renamed = boundary.exit ? new Map([[boundary.exit.from, callId]]) : new Map<string, string>();
      const byName = document.nodes.find(({ id }) => id === boundary.exit?.from)?.name;
      if (byName !== undefined) renamed.set(byName, callId);
      const rewrite: Rewrite = ({ source, isOfItem }) => {
        const known = carried.get(source);
        if (!known) return undefined;
        const field = tools.fieldSource({ of: 'node', node: callId, path: [known.key] });
        return isOfItem ? field : field.replace(call, call.replace(/\.item\.json$/, '.first().json'));
      };
      const read = rewriteReads(document, node.parameters as JsonObject, { rewrite, tools });
      return parameterChanges(document, node.id, tools.renameNodesIn(read, renamed));
    });
}

/** Whether later steps read, item by item, what came before the selection: their lineage must lead through the call. */
function needsLineage(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { boundary, tools }: { readonly boundary: Boundary; readonly tools: ExpressionTools },
): boolean {
  const [first] = boundary.roots;
  const before = new Set(boundary.roots.flatMap((node) => reachable(document, node.id, 'up')).filter((id) => !boundary.ids.has(id)));
  const readers = document.nodes.filter(({ id }) => !boundary.ids.has(id) && !before.has(id));
  const found = first ? crossingsOf(document, catalog, { readers, isRead: (id) => before.has(id), tools }) : [];
  return !('refusal' in found) && found.some(({ isOfItem }) => isOfItem);
}

/** What the parent becomes: one call where the steps were, and what read them reading the call. */
function parentChanges(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  parts: { readonly boundary: Boundary; readonly call: WorkflowNode; readonly reads: readonly DraftChange[] },
): readonly DraftChange[] {
  const { boundary, call, reads } = parts;
  const sources = new Map(boundary.into.map((one) => [`${one.from} ${one.output}`, one]));
  const replaced: DraftChange[] = [
    ...planRemoval(document, boundary.ids, new Set()),
    { kind: 'addNode', node: call },
    ...[...sources.values()].map((one): DraftChange => ({ kind: 'addEdge', edge: { ...one, to: call.id, input: 'main' } })),
    ...boundary.out.map((one): DraftChange => ({ kind: 'addEdge', edge: { ...one, from: call.id, output: 'main' } })),
    ...reads,
  ];
  return [...replaced, ...planGrowth(document, catalog, replaced)];
}

/** What is read across the border, both ways; or why that cannot be handed over. */
function bothWays(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { boundary, tools }: { readonly boundary: Boundary; readonly tools: ExpressionTools },
): { readonly inward: readonly Crossing[]; readonly outward: readonly Crossing[] } | Refused {
  const { ids, exit, nodes } = boundary;
  const inward = crossingsOf(document, catalog, { readers: nodes, isRead: (id) => id !== '' && !ids.has(id), tools });
  if ('refusal' in inward) return inward;
  const readers = document.nodes.filter((node) => !ids.has(node.id));
  const outward = crossingsOf(document, catalog, { readers, isRead: (id) => ids.has(id), tools });
  if ('refusal' in outward) return outward;
  const [first] = outward;
  return exit === null && first ? { refusal: 'reads', nodeId: first.reader.id } : { inward, outward };
}

/**
 * Makes a workflow of the selected steps, and one call of what was there. What they read from outside becomes what the workflow is
 * given; what later steps read of them comes out of it; expressions are rewritten at the places that their syntax trees give.
 * @param what the selection, the new workflow's name, and the names of the steps that are made
 */
export function planExtraction(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  what: ExtractParts & { readonly nodeIds: ReadonlySet<string>; readonly name: string },
): Extraction | Refused {
  const { words, tools, name } = what;
  const boundary = boundaryOf(document, catalog, what.nodeIds);
  if ('refusal' in boundary) return boundary;
  const crossings = bothWays(document, catalog, { boundary, tools });
  if ('refusal' in crossings) return crossings;
  const { inward, outward } = crossings;
  const carried = carriedOf(document, outward, boundary.exit?.from);
  const isSingle = isItemByItem(catalog, boundary.nodes) && (inward.length > 0 || needsLineage(document, catalog, { boundary, tools }));
  const given = givenOf(document, { inward, mode: isSingle ? 'each' : 'list', words, tools });
  const child = buildChild(document, catalog, { name, boundary, given, carried, words, tools });
  const { boxOf } = layoutOf(document, catalog);
  const { x, y } = boundsOf(boundary.roots.map(boxOf)) ?? { x: 0, y: 0 };
  const call = made(document, 'core.callWorkflow', { name, position: [x, y], parent: boundary.parent });
  const input = Object.keys(given.input).length > 0 ? { input: given.input } : {};
  return {
    child,
    inputs: [...keysFor(document, inward).values()].map(({ key }) => key),
    outputs: [...carried.values()].map(({ key }) => key),
    callId: call.id,
    changes: (workflow) => {
      const parameters = { workflow, mode: given.mode, ...input } as WorkflowNode['parameters'];
      const reads = outsideChanges(document, { boundary, carried, callId: call.id }, tools);
      return parentChanges(document, catalog, { boundary, call: { ...call, parameters }, reads });
    },
  };
}
