import { newId, systemClock, TransientError, type Clock, type JsonObject, type JsonValue } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import {
  workflowDocumentSchema,
  type Item,
  type NodeSettings,
  type Plan,
  type ReplyMessage,
  type RunHeader,
  type RunState,
  type SegmentInput,
  type SegmentResult,
  type WorkflowDocumentInput,
} from '@millwright/workflow';
import { CallsOut } from '../testing/calls-out.ts';
import { createExecutor, type Executor } from '../create-executor.ts';
import type { ExecutorPorts, NodeCall, NodeOutcome, SegmentLimits } from '../ports.ts';
import { MemoryBlobs } from '../testing/memory-blobs.ts';
import { startMemoryProcess, type MemoryProcess } from '../testing/memory-ledger.ts';
import type { Crash } from '../testing/memory-run-ledger.ts';
import { MemoryStore, type RunRow } from '../testing/memory-store.ts';
import { planFrom } from '../testing/plan-from.ts';

type Settings = Omit<Partial<NodeSettings>, 'retry'> & { readonly retry?: Partial<NonNullable<NodeSettings['retry']>> };
type TestNode =
  | string
  | { readonly type: string; readonly parameters?: JsonObject; readonly settings?: Settings; readonly parent?: string };

/** A plan from a short drawing; ids become names. */
export function planOf(
  nodes: Readonly<Record<string, TestNode>>,
  edges: readonly string[],
  settings: WorkflowDocumentInput['settings'] = {},
): Plan {
  const document = workflowDocumentSchema.parse({
    format: 'millwright.workflow/1',
    name: 'Test',
    nodes: Object.entries({ t: 'core.webhook', ...nodes }).map(([id, node], index) => ({
      id,
      name: `Step ${id}`,
      version: 1,
      position: [0, index],
      ...(typeof node === 'string' ? { type: node } : node),
    })),
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split('>');
      const [fromId, output = 'main'] = from.split('.');
      const [toId = '', input = 'main'] = to.split('.');
      return { from: fromId, output, to: toId, input };
    }),
    settings,
  });
  return planFrom(document);
}

/** What reached the outside. */
export interface Sent {
  readonly nodeId: string;
  readonly itemIndex: number;
  readonly key: string | null;
  readonly parameters: JsonObject;
}

/** A world for one run: a database, an outside, and processes that come and go. */
export class World {
  readonly store = new MemoryStore();
  readonly blobs = new MemoryBlobs();
  readonly sent: Sent[] = [];
  readonly reads: string[] = [];
  readonly replies: ReplyMessage[] = [];
  /** What nodes do instead of the usual. */
  readonly behaviour: Record<string, (call: NodeCall) => Promise<NodeOutcome>> = {};
  readonly header: RunHeader;
  limits: Partial<SegmentLimits> = { shortWaitMs: 0 };
  clock: Clock = systemClock;
  /** Which calls run as activities of their own. */
  remote: NonNullable<ExecutorPorts['remote']> = 'never';
  /** Takes the segments of runs that processes died of. */
  alone: ExecutorPorts['alone'];
  /** Segments that were opened, repeated ones included. */
  opened = 0;
  readonly #plan: Plan;
  readonly #onCancel = new Set<() => void>();

  constructor(plan: Plan, header: Partial<RunHeader> = {}) {
    this.#plan = plan;
    this.header = {
      workspaceId: newId('workspace'),
      runId: newId('run'),
      workflowId: newId('workflow'),
      workflowName: 'Test',
      versionId: newId('version'),
      planHash: plan.skeleton.planHash,
      triggerNodeId: 't',
      mode: 'webhook',
      originDay: '2026-11-21',
      startedAtMs: systemClock.nowMs(),
      save: 'all',
      reply: 'none',
      ...header,
    };
  }

  get row(): RunRow {
    return this.store.row(this.header);
  }

  /** The data of a node run's output. */
  output(nodeId: string, port = 'main', runIndex = 0): readonly JsonValue[] | undefined {
    return this.row.nodeRuns.get(`${nodeId}:${runIndex}`)?.outputs[port]?.inline?.map((item) => item.json);
  }

  /** Node runs as `id:index status`. */
  get story(): readonly string[] {
    return [...this.row.nodeRuns.values()].map((one) => `${one.nodeId}:${one.runIndex} ${one.status}`);
  }

  process(crash?: Crash): { readonly process: MemoryProcess; readonly executor: Executor } {
    const process = startMemoryProcess(this.store, crash);
    return { process, executor: createExecutor(this.ports(process)) };
  }

  /** What an executor of a process works with. */
  ports(process: MemoryProcess): ExecutorPorts {
    return {
      ledgerFor: process.ledgerFor,
      callsFor: process.callsFor,
      remote: this.remote,
      blobs: this.blobs,
      plans: {
        config: async (_workspaceId, _planHash, nodeId) => this.#plan.configs[nodeId] ?? Promise.reject(new Error(`no config ${nodeId}`)),
      },
      runner: { run: (call) => (this.behaviour[call.node.id] ?? ((one) => this.usual(one)))(call) },
      replies: { deliver: (_runId, message) => this.replies.push(message) },
      cancels: {
        requested: () => false,
        onCancel: (_runId, callback) => (this.#onCancel.add(callback), () => this.#onCancel.delete(callback)),
      },
      clock: this.clock,
      log: { warn: () => undefined, error: () => undefined },
      limits: this.limits,
      ...(this.alone === undefined ? {} : { alone: this.alone }),
    };
  }

  cancel(): void {
    for (const callback of this.#onCancel) callback();
  }

  /** What nodes of the test types do. */
  async usual(call: NodeCall): Promise<NodeOutcome> {
    const { node, parameters, item, itemIndex, idempotencyKey } = call;
    if (node.effect === 'pure') return { items: [{ json: { ...(item?.json as JsonObject), ...parameters } }] };
    if (node.effect === 'read') {
      this.reads.push(`${node.id}:${itemIndex}`);
      return { items: [{ json: { ...parameters, read: this.reads.length } }] };
    }
    await call.beforeSend(hashJson(parameters));
    this.sent.push({ nodeId: node.id, itemIndex, key: idempotencyKey, parameters });
    return { items: [{ json: { ...parameters, sent: true } }] };
  }

  input(items: readonly JsonValue[], more: Partial<SegmentInput> = {}): SegmentInput {
    const list: Item[] = items.map((json) => ({ json }));
    const trigger = { id: 'trigger', count: list.length, sizeBytes: 0, inline: list };
    return {
      header: this.header,
      skeleton: this.#plan.skeleton,
      state: null,
      trigger,
      segment: 1,
      openedAtMs: systemClock.nowMs(),
      ...more,
    };
  }

  /**
   * Runs segment after segment as the host does: timers fire when due, a dead process is replaced.
   * @param crash when the first process dies
   * @returns the last result: the end, or a wait for somebody
   */
  async drive(items: readonly JsonValue[] = [{}], crash?: Crash): Promise<SegmentResult> {
    let input = this.input(items);
    let here = this.process(crash);
    const out = new CallsOut(
      () => here,
      () => (here = this.process()),
    );
    for (let i = 0; i < 100; i++) {
      this.opened += 1;
      try {
        const remoteOver = out.takeOver();
        const result = await here.executor.runSegment({ ...input, ...(remoteOver.length === 0 ? {} : { remoteOver }) });
        if (result.kind === 'ended' || result.kind === 'capacity') return result;
        const state = JSON.parse(JSON.stringify(result.state)) as RunState;
        out.start(input, state, result.remote ?? []);
        if (result.kind === 'waiting' && result.untilMs === null && !out.isBusy) return result;
        if (out.isBusy && result.kind === 'waiting') await out.next(result.untilMs);
        const openedAtMs = result.kind === 'waiting' && !out.hasOver ? (result.untilMs ?? 0) : systemClock.nowMs();
        input = { ...input, state, segment: input.segment + 1, openedAtMs };
      } catch (thrown) {
        if (!(thrown instanceof TransientError)) throw thrown;
        out.keepOver();
        here = this.process();
      }
    }
    throw new Error('the run does not end');
  }
}
