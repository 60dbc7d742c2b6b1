import type { Part, PartNode, PartView } from '@millwright/engine/compile';
import { refuse } from './refusals.ts';

/** What was asked for. */
export interface PartRequest {
  readonly mode: 'whole' | 'toHere' | 'thisNode' | 'fromHere';
  readonly nodeId?: string;
  readonly hasInput: boolean;
  readonly dryRun: boolean;
}

/** A node that can give something without running. */
export interface Available {
  readonly how: 'pinned' | 'reused';
  /** Items at one of its ports; undefined when that is not known. */
  readonly count: (port: string) => number | undefined;
  /** It ran more than once there: what it gave last stands for one node, not for what follows from it. */
  readonly isRepeated: boolean;
}

/** What a part is chosen by. */
export interface Choice {
  readonly view: PartView;
  readonly request: PartRequest;
  /** The trigger that counts for what was asked. */
  readonly triggerId: string | null;
  readonly available: ReadonlyMap<string, Available>;
}

/** The chosen part, with what becomes of each node. */
export interface Chosen {
  readonly part: Part;
  /** The run begins at this trigger with items of its own, which the part opens like a result. */
  readonly entersTrigger: boolean;
  /** Nodes before the part that gave nothing. */
  readonly notTaken: ReadonlySet<string>;
  /** Nodes before the part that are not needed. */
  readonly unneeded: ReadonlySet<string>;
}

/** Whether a dry run only says what a node would do; `isSimulated` of the executor decides by the same. */
export function wouldWrite({ isControl, effect, kind, disabled }: PartNode): boolean {
  return !isControl && !disabled && kind !== 'trigger' && effect !== 'pure' && effect !== 'read' && effect !== 'code' && effect !== 'wait';
}

/** The node that was asked for. @throws UserError `test_node_missing`, `test_node_unknown` */
function requireNode(view: PartView, { mode, nodeId }: PartRequest): PartNode {
  if (nodeId === undefined) throw refuse.nodeMissing(mode);
  const node = view.nodes.get(nodeId);
  if (node === undefined) throw refuse.nodeUnknown(nodeId);
  return node;
}

/** Nodes that lead to one, itself included. */
export function ancestorsOf(view: PartView, nodeId: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const { from, to } of view.edges) if (to === id) open.push(from);
  }
  return found;
}

/**
 * The trigger that counts: the only one, or the one that was named; for a part, the first that leads to it.
 * @param rank the lower, the sooner it is taken
 * @throws UserError `test_trigger_missing`, `test_trigger_ambiguous`, `test_node_unknown`
 */
export function triggerOf(view: PartView, request: PartRequest, rank: (id: string) => number): string | null {
  const all = [...view.nodes.values()].filter(({ kind, disabled }) => kind === 'trigger' && !disabled);
  if (request.mode !== 'whole') {
    const before = ancestorsOf(view, requireNode(view, request).id);
    return all.filter(({ id }) => before.has(id)).toSorted((a, b) => rank(a.id) - rank(b.id))[0]?.id ?? null;
  }
  if (request.nodeId !== undefined) {
    const named = requireNode(view, request);
    if (named.kind !== 'trigger') throw refuse.nodeUnknown(named.id);
    return named.id;
  }
  const [first] = all;
  if (first === undefined) throw refuse.noTrigger();
  if (all.length > 1) throw refuse.manyTriggers(all.map(({ name }) => name));
  return first.id;
}

/** Decides what runs, what gives something by itself, and where the run begins. @throws UserError `test_input_missing`, … */
export function choosePart(choice: Choice): Chosen {
  const { view, request, triggerId } = choice;
  if (request.mode === 'whole') return fromTrigger(choice, requireNode(view, { ...request, nodeId: triggerId ?? '' }));
  const node = requireNode(view, request);
  if (node.kind === 'trigger') return request.mode === 'fromHere' ? fromTrigger(choice, node) : onlyTrigger(choice, node);
  return request.mode === 'toHere' ? upTo(choice, node) : from(choice, node);
}

const NONE: ReadonlySet<string> = new Set();

function onlyTrigger(choice: Choice, { id }: PartNode): Chosen {
  return startedBy(choice, { id, running: new Set([id]), passed: NONE });
}

function fromTrigger(choice: Choice, { id }: PartNode): Chosen {
  const reached = reach(choice.view, new Set([id]), () => true);
  const passed = passedIn(choice, reached, id);
  return startedBy(choice, { id, running: without(choice.view, reached, passed), passed });
}

/** A pinned trigger gives what is pinned, and is shown so; any other begins the run. */
function startedBy(
  { request, available }: Choice,
  { id, running, passed }: { readonly id: string; readonly running: ReadonlySet<string>; readonly passed: ReadonlySet<string> },
): Chosen {
  const rest = { entersTrigger: false, notTaken: NONE, unneeded: NONE };
  if (request.hasInput || available.get(id)?.how !== 'pinned') return { ...rest, part: { running, passed, opened: NONE, triggerId: id } };
  return { ...rest, part: { running: new Set([...running].filter((one) => one !== id)), passed, opened: new Set([id]), triggerId: null } };
}

/** Pinned nodes inside what is reached: they are not run. In a dry run a pinned write still says what it would do. */
function passedIn({ view, request, available }: Choice, reached: ReadonlySet<string>, target: string): ReadonlySet<string> {
  const isPassed = (id: string): boolean => {
    const node = view.nodes.get(id);
    return id !== target && available.get(id)?.how === 'pinned' && node !== undefined && !(request.dryRun && wouldWrite(node));
  };
  return new Set([...reached].filter(isPassed));
}

/** What runs of what is reached: not what is pinned, nor the inside of a section that is. */
function without({ nodes }: PartView, reached: ReadonlySet<string>, passed: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...reached].filter((id) => !passed.has(id) && nodes.get(id)?.around.some((one) => passed.has(one)) !== true));
}

/** Nodes that some nodes lead to, themselves included. */
function reach({ edges }: PartView, start: ReadonlySet<string>, isOpen: (edge: PartView['edges'][number]) => boolean): ReadonlySet<string> {
  const found = new Set(start);
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const edge of edges) {
      if (edge.from !== id || found.has(edge.to) || !isOpen(edge)) continue;
      found.add(edge.to);
      open.push(edge.to);
    }
  }
  return found;
}

/** What leads to a node, and it: back from it to what is there already. */
function upTo(choice: Choice, { id: target }: PartNode): Chosen {
  const { view, triggerId } = choice;
  let closed: ReadonlySet<string> = NONE;
  for (;;) {
    const { needed, opened, passed } = walkBack(choice, target, closed);
    const starts = new Set([...opened, ...(triggerId !== null && needed.has(triggerId) ? [triggerId] : [])]);
    // What follows the target is before it too, in a loop or a section; nothing comes there.
    const reached = reach(view, starts, ({ from: before, to }) => before !== target && needed.has(to));
    if (!reached.has(target)) throw refuse.inputMissing(nameOf(view, target), nameOf(view, firstMissing(choice, needed) ?? target));
    const running = without(view, new Set([...needed].filter((id) => reached.has(id))), passed);
    const within = [...opened].filter((id) => isWithin(view, id, { running, target }));
    if (within.length === 0)
      return assembled(choice, { running, opened, target, passed: new Set([...passed].filter((id) => reached.has(id))) });
    closed = new Set([...closed, ...within]);
  }
}

/**
 * Back from the target to what is there already.
 * @param closed nodes of which one result is not all: they run, or give what is pinned each time that they are reached
 */
function walkBack({ view, available, triggerId, request }: Choice, target: string, closed: ReadonlySet<string>) {
  const opened = new Set<string>();
  const needed = new Set<string>();
  const passed = new Set<string>();
  const open = [target];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id) || opened.has(id)) continue;
    const isEntered = id === triggerId && request.hasInput;
    // A run starts at one trigger.
    const isOther = id !== triggerId && view.nodes.get(id)?.kind === 'trigger';
    const given = id === target || isEntered || isOther ? undefined : available.get(id);
    if (given !== undefined && !given.isRepeated && !closed.has(id)) opened.add(id);
    else {
      needed.add(id);
      if (given?.how === 'pinned') passed.add(id);
      for (const { from: before, to } of view.edges) if (to === id) open.push(before);
    }
  }
  return { needed, opened, passed };
}

/** Whether a node is inside of a section that runs, or in a loop of which something runs: what it gives at the start has no place there. */
function isWithin(
  view: PartView,
  id: string,
  { running, target }: { readonly running: ReadonlySet<string>; readonly target: string },
): boolean {
  if (view.nodes.get(id)?.around.some((one) => running.has(one)) === true) return true;
  const behind = reach(view, new Set([id]), ({ from: before }) => before !== target);
  return [...behind].some(
    (one) => one !== id && running.has(one) && reach(view, new Set([one]), ({ from: before }) => before !== target).has(id),
  );
}

/** A node before the target at which nothing could begin. */
function firstMissing({ view }: Choice, needed: ReadonlySet<string>): string | undefined {
  return [...needed].find((id) => view.edges.every(({ to }) => to !== id));
}

interface Walked {
  readonly running: ReadonlySet<string>;
  readonly opened: ReadonlySet<string>;
  readonly passed: ReadonlySet<string>;
  readonly target: string;
}

function assembled(choice: Choice, { running, opened, passed, target }: Walked): Chosen {
  const { view, triggerId } = choice;
  const needed = new Set(
    [...opened].filter((id) => view.edges.some((edge) => edge.from === id && (running.has(edge.to) || passed.has(edge.to)))),
  );
  const read = readBy(choice, running, passed);
  const isTrigger = triggerId !== null && running.has(triggerId);
  const unneeded = new Set([...ancestorsOf(view, target)].filter((id) => ![running, passed, needed, read].some((some) => some.has(id))));
  if (isTrigger && needed.size + read.size === 0)
    return { part: { running, passed, opened: NONE, triggerId }, entersTrigger: false, notTaken: NONE, unneeded };
  const rest = isTrigger ? new Set([...running].filter((id) => id !== triggerId)) : running;
  const all = new Set([...(isTrigger ? [triggerId] : []), ...read, ...needed]);
  return { part: { running: rest, passed, opened: all, triggerId: null }, entersTrigger: isTrigger, notTaken: NONE, unneeded };
}

/** Nodes outside that the expressions of what runs read, as far as something is known of them. */
function readBy({ view, available }: Choice, running: ReadonlySet<string>, passed: ReadonlySet<string>): ReadonlySet<string> {
  const refs = [...running].flatMap((id) => view.nodes.get(id)?.refs ?? []);
  return new Set(refs.filter((id) => !running.has(id) && !passed.has(id) && available.has(id)));
}

/** A node alone, or with what follows. */
function from(choice: Choice, target: PartNode): Chosen {
  const { view, request, available } = choice;
  const inside = [...view.nodes.values()].filter(({ around }) => around.includes(target.id)).map(({ id }) => id);
  const around = new Set(target.around);
  // What is around it was not entered: it stays inside.
  const reached =
    request.mode === 'thisNode' ? new Set([target.id, ...inside]) : reach(view, new Set([target.id]), ({ to }) => !around.has(to));
  const passed = passedIn(choice, reached, target.id);
  const running = without(view, reached, passed);
  const opened = new Set<string>();
  const notTaken = new Set<string>();
  let arriving = 0;
  for (const edge of view.edges) {
    if (!running.has(edge.to) || reached.has(edge.from) || (request.hasInput && edge.to === target.id)) continue;
    const given = available.get(edge.from);
    const count = given?.count(edge.output) ?? (isNotTaken(choice, edge.from, NONE) ? 0 : undefined);
    if (count === undefined) throw refuse.inputMissing(nameOf(view, edge.to), nameOf(view, edge.from));
    if (given === undefined) notTaken.add(edge.from);
    opened.add(edge.from);
    if (edge.to === target.id) arriving += count;
  }
  if (!request.hasInput && arriving === 0) {
    const isWired = view.edges.some(({ to }) => to === target.id);
    throw !isWired ? refuse.inputMissing(target.name, target.name) : refuse.inputEmpty(target.name);
  }
  const read = readBy(choice, running, passed);
  const entry = request.hasInput ? { entry: { to: target.id, input: target.entry ?? 'main' } } : {};
  const part: Part = { running, passed, opened: new Set([...read, ...opened]), triggerId: null, ...entry };
  return { part, entersTrigger: false, notTaken, unneeded: NONE };
}

/** A node that did not run because everything before it gave nothing to it. */
function isNotTaken(choice: Choice, id: string, seen: ReadonlySet<string>): boolean {
  const { view, available } = choice;
  const wired = view.edges.filter(({ to }) => to === id);
  if (seen.has(id) || wired.length === 0) return false;
  return wired.every(({ from: before, output }) => {
    const given = available.get(before);
    return given === undefined ? isNotTaken(choice, before, new Set([...seen, id])) : given.count(output) === 0;
  });
}

function nameOf({ nodes }: PartView, id: string): string {
  return nodes.get(id)?.name ?? id;
}
