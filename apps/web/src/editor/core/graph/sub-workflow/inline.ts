import type { JsonObject, JsonValue } from '@millwright/core';
import { nodeSettingsSchema, type Edge, type NodeTypeCatalog, type WorkflowDocument, type WorkflowNode } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { planGrowth, planMove } from '../frames.ts';
import { boundsOf, CARD_WIDTH } from '../geometry.ts';
import { findNode, reachable } from '../graph-queries.ts';
import { FRAME, layoutOf } from '../layout.ts';
import { freeName, newNodeId, takenIn } from '../names.ts';
import { isInner, outputsOf } from '../edges/ports.ts';
import { isItemByItem, type Refused } from './boundary.ts';
import { type ExpressionTools, parameterChanges } from './crossings.ts';

/** A call turned into the steps that it called. */
export interface Inlining {
  readonly changes: readonly DraftChange[];
  readonly nodeIds: readonly string[];
}

/** Names of the steps that are made, in the language of the interface. */
export interface InlineWords {
  readonly input: string;
  readonly each: string;
}

const CALLED = 'core.calledTrigger';

/** The steps that the called workflow runs, and where it begins and ends. */
interface Body {
  readonly trigger: WorkflowNode;
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly Edge[];
  /** Where the items go first, by node and port. */
  readonly entries: readonly Edge[];
  readonly exit: { readonly from: string; readonly output: string } | null;
}

function bodyOf(child: WorkflowDocument, catalog: NodeTypeCatalog, needsExit: boolean): Body | Refused {
  const [trigger, ...others] = child.nodes.filter(({ type, settings }) => type === CALLED && !settings.disabled);
  if (!trigger || others.length > 0) return { refusal: 'noTrigger' };
  const layout = layoutOf(child, catalog);
  const from = (id: string): readonly string[] => reachable(child, id, 'down').flatMap((one) => [one, ...layout.within(one)]);
  const reached = new Set(from(trigger.id));
  // What other triggers start is no part of the call; what nothing starts comes along.
  const triggers = child.nodes.filter(({ type, version }) => catalog.get(type, version)?.kind === 'trigger').map(({ id }) => id);
  const foreign = new Set(triggers.flatMap(from));
  const nodes = child.nodes.filter(({ id }) => !triggers.includes(id) && (reached.has(id) || !foreign.has(id)));
  const kept = new Set(nodes.map(({ id }) => id));
  const unknown = nodes.find(({ type, version }) => catalog.get(type, version) === undefined);
  if (unknown) return { refusal: 'unknownType', nodeId: unknown.id };
  if (nodes.some(({ type }) => type === 'core.respond')) return { refusal: 'respond' };
  const edges = child.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
  const goesOn = (id: string): boolean => edges.some((edge) => edge.from === id && layout.parentOf(edge.to) !== id);
  const ends = nodes.filter(({ id }) => reached.has(id) && layout.parentOf(id) === null && !goesOn(id));
  const [last, ...more] = ends;
  const ports = last ? outputsOf(last, catalog.get(last.type, last.version)).filter((port) => !isInner(port)) : [];
  const [only] = ports;
  if (needsExit && (more.length > 0 || ports.length !== 1)) return { refusal: 'exits' };
  return {
    trigger,
    nodes,
    edges,
    entries: child.edges.filter((edge) => edge.from === trigger.id && reached.has(edge.to)),
    exit: last && only && more.length === 0 ? { from: last.id, output: only.name } : null,
  };
}

/** Whatever is asked of the call itself would be lost: that it is tried again, or that its failure is caught. */
function callRefusal({ parameters, settings }: WorkflowNode): Refused | null {
  if (parameters['wait'] === false) return { refusal: 'notWaited' };
  const isGuarded = settings.onError !== 'stop' || settings.retry !== null || settings.timeoutMs !== null;
  return isGuarded || settings.executeOnce || settings.disabled ? { refusal: 'guarded' } : null;
}

function node(id: string, type: string, parts: Pick<WorkflowNode, 'name' | 'parameters'> & Partial<WorkflowNode>): WorkflowNode {
  return { id, type, version: 1, position: [0, 0], credentials: {}, parent: null, settings: nodeSettingsSchema.parse({}), ...parts };
}

/** What stands for the trigger: a step that gives the items as the call gave them; null where nothing needs one. */
function standIn(call: WorkflowNode, body: Body, words: InlineWords): WorkflowNode | null {
  const input = (call.parameters as JsonObject)['input'];
  const fields = typeof input === 'object' && input !== null && !Array.isArray(input) ? Object.entries(input as JsonObject) : [];
  const assignments = fields.map(([name, value]) => ({ name, value: value as JsonValue }));
  if (fields.length > 0) {
    const settings = nodeSettingsSchema.parse({ executeOnce: call.parameters['mode'] === 'list' });
    return node(body.trigger.id, 'core.editFields', {
      name: words.input,
      parameters: { assignments, keepOther: false } as WorkflowNode['parameters'],
      settings,
    });
  }
  const isRead = JSON.stringify(body.nodes.map(({ parameters }) => parameters)).includes(body.trigger.id) || body.entries.length > 1;
  return isRead || body.nodes.length === 0 ? node(body.trigger.id, 'core.noOp', { name: words.input, parameters: {} }) : null;
}

/** Ids and names that are free in the workflow that the steps come to. */
function renaming(document: WorkflowDocument, nodes: readonly WorkflowNode[]) {
  const taken = takenIn(document);
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  for (const one of nodes) {
    const id = taken.ids.has(one.id) ? newNodeId(one.type, taken.ids) : one.id;
    const name = freeName(one.name, taken.names);
    taken.ids.add(id);
    taken.names.add(name);
    ids.set(one.id, id);
    names.set(one.id, name);
  }
  return { ids, names };
}

/** A frame around steps that would otherwise look at all items together, where each call had looked at one. */
function inEach(
  nodes: readonly WorkflowNode[],
  words: InlineWords,
  at: { readonly id: string; readonly bounds: { readonly x: number; readonly y: number } },
) {
  const frame = node(at.id, 'core.map', {
    name: words.each,
    parameters: {},
    position: [at.bounds.x - FRAME.side, at.bounds.y - FRAME.head - FRAME.pad],
  });
  return { frame, nodes: nodes.map((one) => (one.parent === null ? { ...one, parent: frame.id } : one)) };
}

interface Placed {
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly Edge[];
  /** The first step and its input, and the last one and its output. */
  readonly starts: readonly { readonly to: string; readonly input: string }[];
  readonly end: { readonly from: string; readonly output: string } | null;
}

/** The called steps as they will stand in the workflow, still at the places that they had. */
function placed(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { call, body, words }: { readonly call: WorkflowNode; readonly body: Body; readonly words: InlineWords },
): Placed {
  const stand = standIn(call, body, words);
  const inner = stand ? [{ ...stand, position: body.trigger.position }, ...body.nodes] : body.nodes;
  const entries = body.entries.map(({ to, input }) => ({ to, input }));
  const edges = [...body.edges, ...(stand ? body.entries : [])];
  const starts = stand ? [{ to: stand.id, input: 'main' }] : entries;
  const end = body.exit ?? (stand && body.nodes.length === 0 ? { from: stand.id, output: 'main' } : null);
  if (call.parameters['mode'] === 'list' || isItemByItem(catalog, body.nodes)) return { nodes: inner, edges, starts, end };
  const corner = boundsOf(inner.map(({ position: [x, y] }) => ({ x, y, width: 0, height: 0 }))) ?? { x: 0, y: 0 };
  const id = newNodeId('core.map', new Set([...takenIn(document).ids, ...inner.map((one) => one.id)]));
  const { frame, nodes } = inEach(inner, words, { id, bounds: corner });
  const into = starts.map(({ to, input }) => ({ from: id, output: 'each', to, input }));
  const back = end ? [{ ...end, to: id, input: 'collect' }] : [];
  return {
    nodes: [frame, ...nodes],
    edges: [...edges, ...into, ...back],
    starts: [{ to: id, input: 'main' }],
    end: { from: id, output: 'main' },
  };
}

/** What comes after the call makes room for the steps. */
function room(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { call, width }: { readonly call: WorkflowNode; readonly width: number },
): readonly DraftChange[] {
  const shift = width - CARD_WIDTH;
  const behind = new Set(reachable(document, call.id, 'down'));
  const moves = document.nodes
    .filter(({ id, position }) => behind.has(id) && id !== call.id && position[0] > call.position[0])
    .map(({ id, position }) => ({ nodeId: id, to: { x: position[0] + shift, y: position[1] } }));
  return shift > 0 ? planMove(document, catalog, moves) : [];
}

/** The steps under their new ids and names, moved to where the call was. */
function addedSteps(
  { nodes }: Placed,
  to: { readonly call: WorkflowNode; readonly corner: { readonly x: number; readonly y: number }; readonly trigger: WorkflowNode },
  { ids, names, tools }: ReturnType<typeof renaming> & { readonly tools: ExpressionTools },
): readonly DraftChange[] {
  const { call, corner, trigger } = to;
  const idOf = (id: string): string => ids.get(id) ?? id;
  const byName = new Map([...ids, ...nodes.map(({ id, name }) => [name, idOf(id)] as const), [trigger.name, idOf(trigger.id)] as const]);
  return nodes.map((one) => ({
    kind: 'addNode',
    node: {
      ...one,
      id: idOf(one.id),
      name: names.get(one.id) ?? one.name,
      parent: one.parent === null ? call.parent : idOf(one.parent),
      position: [one.position[0] + call.position[0] - corner.x, one.position[1] + call.position[1] - corner.y],
      parameters: tools.renameNodesIn(one.parameters as JsonObject, byName) as WorkflowNode['parameters'],
    },
  }));
}

/** The lines inside, and those of the call at the first and the last step. */
function joinsOf(
  { edges }: WorkflowDocument,
  call: WorkflowNode,
  body: Placed & { readonly idOf: (id: string) => string },
): readonly Edge[] {
  const { starts, end, idOf } = body;
  return [
    ...body.edges.map((one) => ({ ...one, from: idOf(one.from), to: idOf(one.to) })),
    ...edges.filter(({ to }) => to === call.id).flatMap((one) => starts.map(({ to, input }) => ({ ...one, to: idOf(to), input }))),
    ...(end ? edges.filter(({ from }) => from === call.id).map((one) => ({ ...one, from: idOf(end.from), output: end.output })) : []),
  ];
}

/**
 * Puts the steps of a called workflow where it is called. Ids stay where they are free, so that a way there and back changes nothing;
 * what read the call reads its last step.
 */
export function planInlining(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  what: { readonly callId: string; readonly child: WorkflowDocument; readonly words: InlineWords; readonly tools: ExpressionTools },
): Inlining | Refused {
  const { child, words, tools } = what;
  const call = findNode(document, what.callId);
  if (!call || call.type !== 'core.callWorkflow') return { refusal: 'noCall' };
  const refused = callRefusal(call);
  if (refused) return refused;
  const others = document.nodes.filter(({ id }) => id !== call.id);
  const isRead = JSON.stringify(others.map(({ parameters }) => parameters)).includes(call.id);
  const body = bodyOf(child, catalog, isRead || document.edges.some(({ from }) => from === call.id));
  if ('refusal' in body) return body;
  const steps = placed(document, catalog, { call, body, words });
  const renamed = renaming({ ...document, nodes: others }, steps.nodes);
  const idOf = (id: string): string => renamed.ids.get(id) ?? id;
  const { boxOf } = layoutOf({ ...child, nodes: [...steps.nodes] }, catalog);
  const bounds = boundsOf(steps.nodes.filter(({ parent }) => parent === null).map(boxOf)) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { end } = steps;
  const reader = new Map(end ? [[call.id, idOf(end.from)] as const, [call.name, idOf(end.from)] as const] : []);
  const replaced: DraftChange[] = [
    ...room(document, catalog, { call, width: bounds.width }),
    { kind: 'removeNode', nodeId: call.id },
    ...addedSteps(steps, { call, corner: bounds, trigger: body.trigger }, { ...renamed, tools }),
    ...joinsOf(document, call, { ...steps, idOf }).map((one): DraftChange => ({ kind: 'addEdge', edge: one })),
    ...others.flatMap((one) => parameterChanges(document, one.id, tools.renameNodesIn(one.parameters as JsonObject, reader))),
  ];
  return { changes: [...replaced, ...planGrowth(document, catalog, replaced)], nodeIds: steps.nodes.map(({ id }) => idOf(id)) };
}
