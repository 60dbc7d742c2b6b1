import type { JsonValue } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import type {
  Edge,
  EffectClass,
  Mentions,
  NodeKind,
  NodeTest,
  NodeTypeCatalog,
  Plan,
  PlanNode,
  PlanNodeConfig,
  Problem,
  WorkflowDocument,
} from '@millwright/workflow';
import { buildPlan } from './build-plan.ts';
import { checkGraph } from './check-graph.ts';
import { checkMentions, planMentions, type KnownNames } from './mentions.ts';
import { checkParameters, resolveNode } from './check-parameters.ts';
import { inputPorts, readDrawing, type Drawing } from './drawing.ts';

/** Where a test run begins that does not begin at a trigger; nobody's node. */
export const TEST_START = '~start';

/** A node of a draft as test runs look at it; only of installed types. */
export interface PartNode {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly effect: EffectClass;
  /** A control node of the engine: nothing outside is touched by it. */
  readonly isControl: boolean;
  readonly disabled: boolean;
  /** The containers around it, the innermost first. */
  readonly around: readonly string[];
  /** As plans have it. */
  readonly configHash: string;
  /** Nodes that its expressions read. */
  readonly refs: readonly string[];
  /** Variables and environment names that its expressions mention. Absent: none. */
  readonly mentions?: Mentions;
  /** The input that items enter by which are meant for it; null for triggers. */
  readonly entry: string | null;
  /** What an output item of its type looks like. */
  readonly sample: JsonValue;
}

/** A draft as test runs look at it, sound or not. */
export interface PartView {
  /** By id, in drawing order. */
  readonly nodes: ReadonlyMap<string, PartNode>;
  /** Lines that can be wired. */
  readonly edges: readonly Edge[];
  /** Hash of what concerns every node: time zone and order. */
  readonly settingsHash: string;
}

/** The part of a draft that a test run consists of. */
export interface Part {
  /** Nodes that run. */
  readonly running: ReadonlySet<string>;
  /** Nodes that give something by themselves when they are reached. */
  readonly passed: ReadonlySet<string>;
  /** Nodes that give something by themselves from the start on. */
  readonly opened: ReadonlySet<string>;
  /** The trigger that it begins at; null: at a start of its own, which leads to `opened` and `entry`. */
  readonly triggerId: string | null;
  /** What expressions can read beside items. Absent: that is not checked. */
  readonly known?: KnownNames;
  /** Where the run's own items go. */
  readonly entry?: { readonly to: string; readonly input: string };
}

/** Problems of whole workflows that no part has. */
const WHOLE_ONLY = new Set(['trigger_missing', 'respond_missing', 'failure_handler_missing']);

/** Reads a draft; what cannot be wired is left out. */
export function readParts(document: WorkflowDocument, catalog: NodeTypeCatalog): PartView {
  const drawing = readDrawing(document, catalog, () => undefined);
  const all = { ...drawing, reached: new Set(drawing.byId.keys()) };
  const { skeleton, configs } = buildPlan(all);
  const nodes = skeleton.nodes.map((node): [string, PartNode] => [node.id, partNode(all, node, configs[node.id])]);
  const { timezone, order } = document.settings;
  return {
    nodes: new Map(nodes),
    edges: drawing.edges,
    settingsHash: hashJson({ timezone, order }),
  };
}

function partNode(drawing: Drawing, { id, kind, effect, control, disabled, refs }: PlanNode, config: PlanNodeConfig | undefined): PartNode {
  const node = drawing.byId.get(id);
  const info = drawing.types.get(id);
  const around: string[] = [];
  for (let at = node?.parent ?? null; at !== null && !around.includes(at); at = drawing.byId.get(at)?.parent ?? null) around.push(at);
  const mentions = planMentions(drawing, (one) => one === id);
  const entry = node === undefined || info === undefined ? undefined : inputPorts(node, info).find((port) => port.inner !== true);
  return {
    id,
    name: node?.name ?? id,
    kind,
    effect,
    isControl: control !== null,
    disabled,
    around,
    configHash: config?.configHash ?? '',
    refs: refs.filter((one) => one !== id),
    ...(mentions === undefined ? {} : { mentions }),
    entry: entry?.name ?? null,
    sample: info?.sample ?? {},
  };
}

/**
 * Compiles a part of a draft. Only what runs must be sound.
 * @returns the plan without what its nodes give by themselves, or the problems (`error`) that stop it
 */
export function compilePart(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  part: Part,
): { readonly plan: Plan | null; readonly problems: readonly Problem[] } {
  const found: Problem[] = [];
  const whole = readDrawing(document, catalog, (problem) => found.push(problem));
  const members = new Set([...part.running, ...part.passed, ...part.opened]);
  const drawing = { ...whole, reached: members };
  found.push(...checkGraph(drawing), ...drawing.nodes.flatMap((node) => checkParameters(drawing, node)));
  const { known } = part;
  if (known !== undefined) found.push(...drawing.nodes.flatMap((node) => checkMentions(drawing, node, known)));
  const stops = ({ level, code, nodeId }: Problem): boolean =>
    level === 'error' && !WHOLE_ONLY.has(code) && (nodeId === undefined || part.running.has(nodeId));
  const problems = found.filter(stops);
  return { plan: problems.length > 0 ? null : partPlan(drawing, part, members), problems };
}

function partPlan(whole: Drawing, part: Part, members: ReadonlySet<string>): Plan {
  const edges = whole.edges.filter(({ from, to }) => members.has(from) && (part.running.has(to) || part.passed.has(to)));
  const read = [...part.running].flatMap((id) =>
    (whole.expressions.get(id)?.nodes ?? []).flatMap(({ name }) => resolveNode(whole, name) ?? []),
  );
  const reached = new Set([...members, ...read.filter((id) => whole.types.has(id))]);
  const built = buildPlan({ ...whole, reached, edges, outgoing: Map.groupBy(edges, (edge) => edge.from) });
  const kept = built.skeleton.nodes.filter(({ id }) => members.has(id));
  const nodes = kept.map((node) => (part.running.has(node.id) ? entered(node, part) : giving(node, part.opened.has(node.id))));
  return {
    ...built,
    settings: { ...built.settings, onFailure: null },
    skeleton: { ...built.skeleton, nodes: part.triggerId === null ? [startOf(part), ...nodes] : nodes },
  };
}

/** The run's own items come in by a port of their own. */
function entered(node: PlanNode, { entry }: Part): PlanNode {
  if (entry?.to !== node.id) return node;
  return { ...node, inputs: [{ port: entry.input, required: true, edges: 1 }] };
}

/** A node that gives something without running: it touches nothing, whatever its type. */
function giving({ container: _container, ...node }: PlanNode, isOpened: boolean): PlanNode {
  const plain = {
    control: null,
    effect: 'pure',
    onError: 'stop',
    retry: null,
    disabled: false,
    executeOnce: false,
    alwaysOutput: false,
    refs: [],
  } as const;
  return { ...node, ...plain, ...(isOpened ? { inputs: [{ port: 'main', required: true, edges: 1 }] } : {}) };
}

function startOf({ opened, entry }: Part): PlanNode {
  const targets = [...opened].map((to) => ({ to, input: 'main' }));
  return {
    id: TEST_START,
    type: 'core.testStart',
    version: 1,
    control: null,
    effect: 'pure',
    kind: 'trigger',
    inputs: [],
    outputs: { main: entry === undefined ? targets : [...targets, entry] },
    onError: 'stop',
    onLostAnswer: 'resend',
    retry: null,
    timeoutMs: 30_000,
    disabled: false,
    executeOnce: false,
    alwaysOutput: false,
    refs: [],
  };
}

/**
 * Puts into a part's plan what its nodes give by themselves.
 * @param tests by node id
 */
export function withTests({ skeleton, configs, ...plan }: Plan, tests: Readonly<Record<string, NodeTest>>, isDry: boolean): Plan {
  const given = Object.fromEntries(
    Object.entries(configs).map(([id, config]) => [id, tests[id] === undefined ? config : { ...config, test: tests[id] }]),
  );
  const { planHash: _planHash, ...rest } = skeleton;
  const bare = { ...rest, ...(isDry ? { dryRun: true as const } : {}) };
  const planHash = hashJson({
    skeleton: bare,
    configs: given,
    settings: plan.settings,
    workflowName: plan.workflowName,
  } as unknown as JsonValue);
  return { ...plan, skeleton: { ...bare, planHash }, configs: given };
}
