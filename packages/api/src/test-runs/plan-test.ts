import type { TestNode, TestRunRequest } from '@millwright/contracts';
import { compilePart, readParts, type PartNode, type PartView } from '@millwright/engine/compile';
import { pins, type TenantTx } from '@millwright/db';
import type { FixedValues, Item, Plan, Problem, WorkflowDocument } from '@millwright/workflow';
import type { ApiDeps } from '../deps.ts';
import { ancestorsOf, choosePart, triggerOf, wouldWrite, type Available, type Chosen, type PartRequest } from './choose-part.ts';
import { mentioned, readValues } from '../variables/fixed-values.ts';
import { cacheKey, itemsHash, type Roots } from './cache-keys.ts';
import { Results, type Result } from './results.ts';

/** What a node of a test run gives by itself. */
export interface Giving {
  readonly how: 'reused' | 'notTaken' | 'pinned' | 'entered' | 'simulated';
  /** Items by port; undefined for a write that gives its type's sample. */
  readonly outputs?: Readonly<Record<string, readonly Item[]>>;
  /** Positions of its items in what earlier nodes gave, by port and node. */
  readonly origins?: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

/** A test run that is ready to start, but for what its items are stored under. */
export interface PlannedTest {
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
  readonly nodes: readonly TestNode[];
  readonly giving: ReadonlyMap<string, Giving>;
  readonly samples: ReadonlyMap<string, PartNode['sample']>;
  /** What the run begins with. */
  readonly items: readonly Item[];
  readonly triggerId: string | null;
  readonly cacheKeys: Readonly<Record<string, string>>;
  /** Variables and environment names that it was planned with. */
  readonly fixed?: FixedValues;
}

/** What is looked at to plan a test run. */
export interface TestSource {
  readonly document: WorkflowDocument;
  readonly workflowId: string;
  readonly request: TestRunRequest;
}

/** Everything that is known before the part is chosen. */
interface Known {
  readonly view: PartView;
  readonly request: PartRequest;
  readonly triggerId: string | null;
  readonly roots: Roots;
  readonly pinned: ReadonlyMap<string, pins.Pin>;
  readonly reused: ReadonlyMap<string, Result>;
  readonly triggerItems: readonly Item[];
}

/**
 * Decides what a test run does. The preview shows the same decision that the start carries out.
 * @throws UserError `test_node_unknown`, `test_node_missing`, `test_trigger_missing`, `test_trigger_ambiguous`, `test_input_missing`
 */
export async function planTest(
  tx: TenantTx,
  deps: Pick<ApiDeps, 'catalog' | 'readBlob' | 'clock' | 'environment'>,
  source: TestSource,
): Promise<PlannedTest> {
  const { document, workflowId, request } = source;
  const results = await Results.of(tx, deps, workflowId);
  const input = inputItems(request.input);
  const values = await readValues(tx, deps);
  const known = await learn({ tx, results, values, view: readParts(document, deps.catalog) }, source, input);
  const { view, triggerId } = known;
  const chosen = choosePart({ view, request: known.request, triggerId, available: availableOf(known) });
  const { plan, problems } = compilePart(document, deps.catalog, {
    ...chosen.part,
    known: { vars: Object.keys(values.vars), env: Object.keys(deps.environment ?? {}) },
  });
  const fixed = mentioned(values, plan?.skeleton.mentions);
  const giving = await givingOf(known, chosen, results);
  const simulated = [...chosen.part.running].flatMap((id) => view.nodes.get(id) ?? []).filter((node) => request.dryRun && wouldWrite(node));
  return {
    plan,
    problems,
    nodes: describe({ known, chosen, problems }, deps.clock.nowMs()),
    giving,
    samples: new Map(simulated.map((node) => [node.id, node.sample])),
    items: chosen.part.entry !== undefined ? (input ?? []) : chosen.part.triggerId === null ? [{ json: {} }] : known.triggerItems,
    triggerId: chosen.part.triggerId,
    cacheKeys: keysOf(known, chosen),
    ...(fixed === undefined ? {} : { fixed }),
  };
}

/** @returns undefined when none was given */
function inputItems(input: TestRunRequest['input']): readonly Item[] | undefined {
  if (input === undefined) return undefined;
  return Array.isArray(input) ? (input as readonly Item[]).map(withoutFrom) : [{ json: input }];
}

function withoutFrom({ from: _from, ...item }: Item): Item {
  return item;
}

async function learn(
  {
    tx,
    results,
    view,
    values,
  }: { readonly tx: TenantTx; readonly results: Results; readonly view: PartView; readonly values: FixedValues },
  { workflowId, request }: TestSource,
  input: readonly Item[] | undefined,
): Promise<Known> {
  const { mode, nodeId, dryRun } = request;
  const asked: PartRequest = { mode, dryRun, hasInput: input !== undefined, ...(nodeId === undefined ? {} : { nodeId }) };
  const pinned = new Map((await pins.list(tx, workflowId)).map((pin) => [pin.nodeId, pin]));
  const triggerId = triggerOf(view, asked, (id) => (pinned.has(id) ? -1 : results.rank(id)));
  const isEntered = input !== undefined && (mode === 'whole' || mode === 'toHere' || triggerId === nodeId);
  const last =
    triggerId === null || isEntered || mode === 'whole' || pinned.has(triggerId)
      ? null
      : await results.ofTrigger({ view, values }, triggerId);
  const sample = triggerId === null ? undefined : view.nodes.get(triggerId)?.sample;
  const pin = triggerId === null ? undefined : pinned.get(triggerId)?.outputs['main'];
  const triggerItems = (isEntered ? input : undefined) ?? pin ?? last?.items ?? [{ json: sample ?? {} }];
  const hashes = new Map([...pinned].filter(([id]) => id !== triggerId || !isEntered).map(([id, one]) => [id, one.contentHash]));
  const roots: Roots = { triggerId, itemsHash: itemsHash(triggerItems), pins: hashes, simulated: new Set(), values };
  const base = { view, request: asked, triggerId, pinned, triggerItems };
  if (mode === 'whole' || nodeId === undefined)
    return { ...base, roots: { ...roots, simulated: writesOf(view, dryRun, new Map()) }, reused: new Map() };
  const isAsked = interesting(view, nodeId, mode);
  const real = await match({ view, results, isAsked }, roots);
  const marked = { ...roots, simulated: writesOf(view, dryRun, real) };
  const reused = marked.simulated.size === 0 ? real : new Map([...(await match({ view, results, isAsked }, marked)), ...real]);
  if (triggerId !== null && last !== null && !pinned.has(triggerId)) reused.set(triggerId, last.result);
  return { ...base, roots: marked, reused };
}

/** Nodes whose results may be of use: what leads to the part, and what its expressions read. */
function interesting(view: PartView, nodeId: string, mode: TestRunRequest['mode']): ReadonlySet<string> {
  if (mode === 'fromHere') return new Set(view.nodes.keys());
  const before = ancestorsOf(view, nodeId);
  return new Set([...before, ...[...before].flatMap((id) => view.nodes.get(id)?.refs ?? [])]);
}

function writesOf(view: PartView, isDry: boolean, real: ReadonlyMap<string, Result>): ReadonlySet<string> {
  return new Set(isDry ? [...view.nodes.values()].filter((node) => wouldWrite(node) && !real.has(node.id)).map(({ id }) => id) : []);
}

async function match(
  { view, results, isAsked }: { readonly view: PartView; readonly results: Results; readonly isAsked: ReadonlySet<string> },
  roots: Roots,
): Promise<Map<string, Result>> {
  const found = new Map<string, Result>();
  for (const id of isAsked) {
    const node = view.nodes.get(id);
    if (node === undefined || node.kind === 'trigger' || roots.pins.has(id) || roots.simulated.has(id)) continue;
    const result = await results.matching(id, cacheKey(view, roots, id));
    if (result !== null) found.set(id, result);
  }
  return found;
}

function availableOf({ pinned, reused }: Known): ReadonlyMap<string, Available> {
  const available = new Map<string, Available>();
  for (const [id, { stored, outputs }] of reused)
    available.set(id, {
      how: 'reused',
      isRepeated: stored.runs > 1,
      count: (port) => outputs[port]?.count ?? (port === 'error' ? 0 : undefined),
    });
  for (const [id, { outputs }] of pinned)
    available.set(id, { how: 'pinned', isRepeated: false, count: (port) => outputs[port]?.length ?? 0 });
  return available;
}

/** What nodes give by themselves, with their items. */
async function givingOf(known: Known, { part, entersTrigger, notTaken }: Chosen, results: Results): Promise<ReadonlyMap<string, Giving>> {
  const { view, pinned, reused, triggerId, triggerItems, request } = known;
  const giving = new Map<string, Giving>();
  const read = new Set([...part.running].flatMap((id) => view.nodes.get(id)?.refs ?? []));
  for (const id of [...part.opened, ...part.passed]) {
    const [pin, result] = [pinned.get(id), reused.get(id)];
    if (id === triggerId && entersTrigger) giving.set(id, { how: 'entered', outputs: { main: triggerItems } });
    else if (notTaken.has(id)) giving.set(id, { how: 'notTaken', outputs: {} });
    else if (pin !== undefined) giving.set(id, { how: 'pinned', outputs: mapValues(pin.outputs, (items) => items.map(withoutFrom)) });
    else if (result !== undefined) giving.set(id, await reusedGiving(results, result, { nodeId: id, read, known: part.opened }));
  }
  for (const id of part.running) {
    const node = view.nodes.get(id);
    if (!request.dryRun || node === undefined || !wouldWrite(node)) continue;
    const pin = pinned.get(id);
    giving.set(id, {
      how: 'simulated',
      ...(pin === undefined ? {} : { outputs: mapValues(pin.outputs, (items) => items.map(withoutFrom)) }),
    });
  }
  return giving;
}

async function reusedGiving(
  results: Results,
  result: Result,
  { nodeId, read, known }: { readonly nodeId: string; readonly read: ReadonlySet<string>; readonly known: ReadonlySet<string> },
): Promise<Giving> {
  const outputs: Record<string, readonly Item[]> = {};
  const origins: Record<string, Record<string, readonly number[]>> = {};
  for (const [port, ref] of Object.entries(result.outputs)) {
    outputs[port] = (await results.items(ref)).map(withoutFrom);
    const found: Record<string, readonly number[]> = {};
    for (const to of read) if (to !== nodeId && known.has(to)) found[to] = await results.origins(result, { nodeId, port, to });
    origins[port] = found;
  }
  return { how: 'reused', outputs, origins };
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Keys of what the run makes; with an input of its own in the middle nothing of it fits anything else. */
function keysOf({ view, roots }: Known, { part, entersTrigger }: Chosen): Readonly<Record<string, string>> {
  if (part.entry !== undefined) return {};
  const made = [...part.running, ...(entersTrigger && roots.triggerId !== null ? [roots.triggerId] : [])];
  return Object.fromEntries(made.map((id) => [id, cacheKey(view, roots, id)]));
}

/** The decision in words of the preview, in drawing order. */
function describe(
  { known, chosen, problems }: { readonly known: Known; readonly chosen: Chosen; readonly problems: readonly Problem[] },
  nowMs: number,
): TestNode[] {
  const { view, request, reused, pinned, triggerId } = known;
  const { part, entersTrigger, notTaken, unneeded } = chosen;
  const nodes: TestNode[] = [];
  for (const { id, name, ...node } of view.nodes.values()) {
    const own = problems.filter(({ nodeId }) => nodeId === id);
    const told = own.length === 0 ? {} : { problems: own };
    if (part.running.has(id)) {
      const isDry = request.dryRun && wouldWrite({ id, name, ...node });
      nodes.push({ nodeId: id, name, how: node.disabled ? 'skipped' : isDry ? 'wouldWrite' : 'runs', ...told });
    } else if (notTaken.has(id) || unneeded.has(id)) nodes.push({ nodeId: id, name, how: 'skipped' });
    else if (part.opened.has(id) || part.passed.has(id)) {
      const result = reused.get(id);
      if (id === triggerId && entersTrigger) nodes.push({ nodeId: id, name, how: 'runs' });
      else if (pinned.has(id)) nodes.push({ nodeId: id, name, how: 'usesPin' });
      else if (result !== undefined) {
        const { runId, at } = result.source;
        nodes.push({
          nodeId: id,
          name,
          how: 'reusesResult',
          from: { runId, at: at.toISOString(), ageMs: Math.max(0, nowMs - at.getTime()) },
        });
      }
    }
  }
  return nodes;
}
