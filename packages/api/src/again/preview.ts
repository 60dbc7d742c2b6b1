import type { ResumePreview } from '@millwright/contracts';
import type { again, runs } from '@millwright/db';
import { undoableSections } from '@millwright/engine';
import type { PlanNode, PlanNodeConfig, PlanSkeleton } from '@millwright/workflow';

/** A plan as a preview reads it. */
export interface PlanView {
  readonly skeleton: PlanSkeleton;
  readonly configs: Readonly<Record<string, PlanNodeConfig>>;
}

/** What a preview is made of. */
export interface PreviewParts {
  readonly effects: readonly again.EffectCount[];
  /** Of the run itself. */
  readonly nodeRuns: readonly Pick<runs.NodeRunSummary, 'nodeId' | 'status'>[];
  readonly from: PlanView;
  readonly to: PlanView;
  readonly triggerNodeId: string;
  /** `edited`: another one is given. `lost`: it was not kept. */
  readonly input: 'same' | 'edited' | 'lost';
}

const UNFINISHED = new Set(['failed', 'canceled', 'waiting', 'running', 'pending']);

/**
 * What a resume would do, told from what is stored: nothing is evaluated. So `changed` names every write that may be another one now,
 * because its step, or something that it reads, was changed; when the run goes on, each item is compared, and those that are the same
 * are skipped all the same.
 */
export function previewOf(parts: PreviewParts): ResumePreview {
  const { effects, from, to } = parts;
  const nameOf = (nodeId: string): string => to.configs[nodeId]?.name ?? from.configs[nodeId]?.name ?? nodeId;
  const inOrder = [...new Set([...to.skeleton.nodes.map(({ id }) => id), ...effects.map(({ nodeId }) => nodeId)])];
  const named = <T extends object>(of: (nodeId: string) => T | undefined): ({ nodeId: string; name: string } & T)[] =>
    inOrder.flatMap((nodeId) => {
      const found = of(nodeId);
      return found === undefined ? [] : [{ nodeId, name: nameOf(nodeId), ...found }];
    });
  const roles = rolesOf(parts);
  const nodes = new Map(inOrder.map((nodeId) => [nodeId, new NodePreview(parts, nodeId, roles.get(nodeId))]));
  const touched = affected(parts);
  return {
    skipped: named((nodeId) => {
      const count = nodes.get(nodeId)?.skipped ?? 0;
      return count === 0 ? undefined : { count };
    }),
    again: named((nodeId) => (nodes.get(nodeId)?.isAgain === true ? {} : undefined)),
    changed: named((nodeId) => {
      const why = nodes.get(nodeId)?.changed(touched.has(nodeId));
      return why === undefined ? undefined : { why };
    }),
    blocked: [...lostInput(parts, nameOf), ...named((nodeId) => nodes.get(nodeId)?.blocked)],
  };
}

/**
 * `undone`: what it did was undone, so it is done anew. `partly`: so it is for some of the times that it ran; for the others the undo is
 * not known to be done, and what it did stays. `undoing`: it only runs when the run fails again.
 */
type Role = 'undone' | 'undoing' | { readonly partly: number };

function rolesOf({ effects, to }: PreviewParts): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>();
  const written = effects.filter(isWritten);
  for (const { undo, done, isRepeated } of undoableSections(to.skeleton)) {
    const undoing = written.filter(({ nodeId }) => undo.has(nodeId));
    const standing = undoing.reduce((sum, one) => sum + (one.status === 'done' ? 0 : one.count), 0);
    for (const nodeId of undo) roles.set(nodeId, 'undoing');
    if (!undoing.some(({ status }) => status === 'done') || (standing > 0 && !isRepeated)) continue;
    for (const nodeId of done) roles.set(nodeId, standing === 0 ? 'undone' : { partly: standing });
  }
  return roles;
}

class NodePreview {
  readonly #parts: PreviewParts;
  readonly #nodeId: string;
  readonly #role: Role | undefined;
  readonly #node: PlanNode | undefined;
  readonly #effects: readonly again.EffectCount[];

  constructor(parts: PreviewParts, nodeId: string, role: Role | undefined) {
    this.#parts = parts;
    this.#nodeId = nodeId;
    this.#role = role;
    this.#node = parts.to.skeleton.nodes.find(({ id }) => id === nodeId);
    // Rows of timers are tries' pauses, except where waiting is what the step does.
    const isEffect = this.#node !== undefined && this.#node.control === null;
    this.#effects = parts.effects.filter((one) => one.nodeId === nodeId && !(one.isTimer && isEffect));
  }

  get skipped(): number {
    if (this.#isSettled) return 0;
    const count = this.#done.reduce((sum, one) => sum + (this.#isEqual(one) && (one.isKept || one.isTimer) ? one.count : 0), 0);
    return typeof this.#role === 'object' ? Math.min(count, this.#role.partly) : count;
  }

  get isAgain(): boolean {
    if (this.#node === undefined || this.#role === 'undoing') return false;
    if (this.#role !== undefined) return this.#effects.length > 0;
    const isUnfinished = this.#parts.nodeRuns.some(({ nodeId, status }) => nodeId === this.#nodeId && UNFINISHED.has(status));
    return (
      isUnfinished || this.#effects.some((one) => one.status !== 'done' || (one.class === 'read' && !(this.#isEqual(one) && one.isKept)))
    );
  }

  /** @param isAffected what it reads may be something else now */
  changed(isAffected: boolean): 'configuration' | 'input' | undefined {
    const written = this.#effects.filter((one) => isWritten(one) && one.status !== 'failed');
    if (this.#node === undefined || this.#isSettled || written.length === 0) return undefined;
    if (written.some((one) => one.status === 'done' && !this.#isEqual(one))) return 'configuration';
    return isAffected ? 'input' : undefined;
  }

  get blocked(): { readonly why: 'removed' | 'answerNotKept' } | undefined {
    const written = this.#effects.filter((one) => isWritten(one) && one.status !== 'failed');
    if (this.#node === undefined) return written.length === 0 ? undefined : { why: 'removed' };
    return !this.#isSettled && written.some((one) => one.status === 'done' && !one.isKept) ? { why: 'answerNotKept' } : undefined;
  }

  /** Nothing that it did counts any more. */
  get #isSettled(): boolean {
    return this.#role === 'undone' || this.#role === 'undoing';
  }

  get #done(): readonly again.EffectCount[] {
    return this.#effects.filter((one) => one.status === 'done');
  }

  /** A row that does not say what it was built from counts as equal, as it does when the run goes on. */
  #isEqual({ configHash }: again.EffectCount): boolean {
    return configHash === null || configHash === this.#parts.to.configs[this.#nodeId]?.configHash;
  }
}

function isWritten(effect: again.EffectCount): boolean {
  return !effect.isTimer && effect.class !== 'read';
}

function lostInput({ to, triggerNodeId, input }: PreviewParts, nameOf: (nodeId: string) => string): ResumePreview['blocked'] {
  const trigger = { nodeId: triggerNodeId, name: nameOf(triggerNodeId) };
  if (!startsAt(to, triggerNodeId)) return [{ ...trigger, why: 'removed' }];
  return input === 'lost' ? [{ ...trigger, why: 'inputNotKept' }] : [];
}

/** Whether runs of a plan can start at a node: another version may have something else under its id. */
export function startsAt({ skeleton }: PlanView, nodeId: string): boolean {
  return skeleton.nodes.some(({ id, kind }) => id === nodeId && kind === 'trigger');
}

/** Nodes whose items, or what they read of other nodes, may be something else than before. */
function affected({ from, to, triggerNodeId, input }: PreviewParts): ReadonlySet<string> {
  const [before, now] = [sourcesOf(from.skeleton), sourcesOf(to.skeleton)];
  const isOther = (id: string): boolean => from.configs[id]?.configHash !== to.configs[id]?.configHash;
  const differs = new Set(to.skeleton.nodes.filter(({ id }) => isOther(id)).map(({ id }) => id));
  // Its items are given, whatever it is set to.
  differs.delete(triggerNodeId);
  if (input === 'edited') differs.add(triggerNodeId);
  const found = new Set<string>();
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const node of to.skeleton.nodes) {
      const sources = now.get(node.id) ?? [];
      const isRewired = sources.map(({ edge }) => edge).join() !== (before.get(node.id) ?? []).map(({ edge }) => edge).join();
      const reads = [...sources.map((one) => one.from), ...node.refs];
      const isReached = isRewired || reads.some((id) => differs.has(id) || (found.has(id) && passesOn(to, id)));
      if (isReached && passesOn(to, node.id)) found.add(node.id);
    }
  }
  return new Set([...found].filter((id) => hasExpressions(to.configs[id])));
}

/** Whether what a node gives depends on what it gets: a request that is always the same has one answer. */
function passesOn({ skeleton, configs }: PlanView, nodeId: string): boolean {
  const node = skeleton.nodes.find(({ id }) => id === nodeId);
  return node?.control !== null || node.effect === 'pure' || hasExpressions(configs[nodeId]);
}

function hasExpressions(config: PlanNodeConfig | undefined): boolean {
  return config !== undefined && (JSON.stringify(config.parameters).includes('{{') || config.once?.includes('*') === true);
}

/** Where the items of each node come from. */
function sourcesOf(skeleton: PlanSkeleton): ReadonlyMap<string, readonly { readonly from: string; readonly edge: string }[]> {
  const edges = skeleton.nodes.flatMap((node) =>
    Object.entries(node.outputs).flatMap(([port, targets]) =>
      targets.map(({ to, input }) => ({ from: node.id, to, edge: `${node.id}:${port}>${input}` })),
    ),
  );
  return Map.groupBy(
    edges.toSorted((a, b) => (a.edge < b.edge ? -1 : 1)),
    ({ to }) => to,
  );
}
