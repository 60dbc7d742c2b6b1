import { newId, systemClock, type JsonValue } from '../../../packages/core/src/index.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import { controlNodeTypes } from '../../../packages/engine/src/index.ts';
import { createExecutor, type ExecutorPorts } from '../../../packages/executor/src/index.ts';
import { catalogOf } from '../../../packages/node-registry/src/index.ts';
import { toNodeTypeInfo, type ActionDefinition } from '../../../packages/node-sdk/src/index.ts';
import { sketchDocument, type EdgeSketch, type NodeSketch } from '../../../packages/testing/src/documents.ts';
import type {
  Item,
  NodeRunRecord,
  Plan,
  RunError,
  RunHeader,
  RunLedger,
  SegmentInput,
  SegmentResult,
  WorkflowDocument,
} from '../../../packages/workflow/src/index.ts';
import { systemTimers } from '../../../packages/executor/src/timers.ts';
import { createNodeRunner } from '../../../temporal/activities/src/node-runner.ts';
import data from '../../../nodes/core-data/src/index.ts';
import triggers from '../../../nodes/core-triggers/src/index.ts';

/** A workflow as a sketch. */
export interface Sketch {
  readonly nodes: readonly NodeSketch[];
  readonly edges: readonly EdgeSketch[];
}

const packages = [data, triggers];
const catalog = catalogOf([
  ...packages.flatMap(({ nodes, locales }) => nodes.map((node) => toNodeTypeInfo(node, locales))),
  ...controlNodeTypes,
]);
const actions = new Map<string, ActionDefinition>(
  packages.flatMap(({ nodes }) => nodes.flatMap((node) => (node.kind === 'trigger' ? [] : [[node.info.type, node] as const]))),
);

/** Compiles a sketch with the built-in nodes. @throws with the first problems */
export function planOf(sketch: Sketch): Plan {
  return compiled(sketchDocument('Bench', sketch.nodes, sketch.edges));
}

/** The same for a document. */
export function compiled(document: WorkflowDocument): Plan {
  const { plan, problems } = compile(document, catalog);
  if (plan === null) throw new Error(JSON.stringify(problems.filter(({ level }) => level === 'error').slice(0, 3)));
  return plan;
}

/** The clock of a run, and what happens when it lets others go on. */
interface Time {
  readonly clock: ExecutorPorts['clock'];
  /** Default: one turn of the event loop. */
  readonly turn?: () => Promise<void>;
}

/** One run in this process, over a ledger that keeps nothing but what became of node runs: what is left is engine, executor and expressions. */
export class BareRun {
  readonly plan: Plan;
  /** Node runs that ended, by `id:index`: status and items of the first output. */
  readonly ended = new Map<string, { readonly status: string; readonly count: number }>();
  /** How the run failed; null where it did not. */
  error: RunError | null = null;
  /** Lists that were put into the blob store. */
  readonly blobs = new Map<string, readonly Item[]>();
  /** Node runs that were told to have ended more than once, with different ends. */
  readonly settledTwice: string[] = [];
  readonly #limits: NonNullable<ExecutorPorts['limits']>;
  readonly #time: Time;

  constructor(plan: Plan, limits: NonNullable<ExecutorPorts['limits']> = { segmentMs: 600_000 }, time: Time = { clock: systemClock }) {
    this.plan = plan;
    this.#limits = limits;
    this.#time = time;
  }

  /** Runs it to its end. */
  async run(items: readonly JsonValue[]): Promise<SegmentResult> {
    const executor = createExecutor(this.#ports());
    const list = items.map((json): Item => ({ json }));
    const trigger = { id: 'trigger', count: list.length, sizeBytes: 0, inline: list };
    const header = this.#header();
    let input: SegmentInput = {
      header,
      skeleton: this.plan.skeleton,
      state: null,
      trigger,
      segment: 1,
      openedAtMs: header.startedAtMs,
    };
    for (;;) {
      const result = await executor.runSegment(input, { first: input.segment === 1 });
      if (result.kind !== 'more') return result;
      input = { ...input, state: structuredClone(result.state), segment: input.segment + 1, openedAtMs: Date.now() };
    }
  }

  #header(): RunHeader {
    const { skeleton } = this.plan;
    return {
      workspaceId: newId('workspace'),
      runId: newId('run'),
      workflowId: newId('workflow'),
      workflowName: 'Bench',
      versionId: newId('version'),
      planHash: skeleton.planHash,
      triggerNodeId: skeleton.nodes[0]?.id ?? '',
      mode: 'manual',
      originDay: '2026-11-21',
      startedAtMs: Date.now(),
      save: 'all',
      reply: 'none',
    };
  }

  #ports(): ExecutorPorts {
    const refuse = (): never => {
      throw new Error('a pure run touches nothing');
    };
    return {
      ledgerFor: () => this.#ledger(),
      blobs: {
        put: async (_header, items) => {
          const id = newId('blob');
          this.blobs.set(id, items);
          return id;
        },
        get: async (_header, id) => this.blobs.get(id) ?? refuse(),
      },
      plans: { config: async (_workspaceId, _planHash, nodeId) => this.plan.configs[nodeId] ?? refuse() },
      runner: createNodeRunner({ runners: { get: (type) => actions.get(type) }, egress: { request: refuse } }),
      replies: { deliver: () => undefined },
      cancels: { requested: () => false, onCancel: () => () => undefined },
      clock: this.#time.clock,
      ...(this.#time.turn === undefined ? {} : { timers: { ...systemTimers, turn: this.#time.turn } }),
      log: { warn: () => undefined, error: ({ err }) => refuseWith(err) },
      limits: this.#limits,
    };
  }

  #ledger(): RunLedger {
    const nothing = async (): Promise<never> => {
      throw new Error('a pure run stores no attempts');
    };
    const nodeRun = ({ nodeId, runIndex, status, outputs }: NodeRunRecord): void => {
      if (status === 'running' || status === 'waiting') return;
      const key = `${nodeId}:${runIndex}`;
      const before = this.ended.get(key);
      if (before !== undefined && before.status !== status) this.settledTwice.push(key);
      this.ended.set(key, { status, count: Object.values(outputs)[0]?.count ?? 0 });
    };
    return {
      open: async () => ({ isOurs: true, ended: null, outcomes: [], open: [], cancelRequested: false, losses: 0 }),
      predecessor: nothing,
      start: nothing,
      record: () => undefined,
      nodeRun,
      flush: async () => true,
      decisions: async () => [],
      decided: () => undefined,
      reply: () => undefined,
      close: async (end) => {
        if ('ended' in end) this.error = end.ended.error ?? null;
        return 'stored';
      },
      abandon: () => undefined,
    };
  }
}

function refuseWith(err: unknown): never {
  throw err;
}
