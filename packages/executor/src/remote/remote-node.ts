import { InvariantError, TransientError } from '@millwright/core';
import type { Activation, CallAttempt, CallLedger, OpenAttempt, Outcome, PlanNode, RunNodeInput } from '@millwright/workflow';
import { ItemStore } from '../items/item-store.ts';
import { prepare, type NodeContext } from '../nodes/prepared.ts';
import { keyIndexOf } from '../nodes/skips.ts';
import { Work, type ItemWork } from '../nodes/work.ts';
import type { ExecutorPorts } from '../ports.ts';
import { Call } from '../segment/call.ts';
import { pauseFor, systemTimers } from '../timers.ts';
import { isKeyExpired } from '../waits/vendor-key.ts';
import { POISON_LOSSES } from './losses.ts';

/** How often it is looked whether another process, which lives, has its answer. */
const LOOK_MS = 1_000;
/** How long after its time another process may take to store the answer of its try. */
const OVERDUE_MS = 30_000;
/** Pause between tries to store an answer while Postgres is away. */
const STORE_MS = 500;

/** Where a call goes on. */
interface Turn {
  readonly tries: number;
  /** Sent by an earlier try, answer not known. */
  readonly open: CallAttempt | null;
}

/**
 * One call that runs as an activity of its own, beside the segments of its run. It leaves its outcome in the ledger as a fact that
 * nobody took; the run's next segment takes it. Leaves nothing where the segment has to decide: the run is over or to be stopped,
 * processes died of it too often, or its answer was lost and must not be asked for again.
 */
export class RemoteNode {
  readonly #ports: ExecutorPorts;
  readonly #input: RunNodeInput;
  readonly #ledger: CallLedger;
  readonly #cancel = new AbortController();

  constructor(ports: ExecutorPorts, input: RunNodeInput) {
    if (ports.callsFor === undefined) throw new InvariantError({ code: 'no_remote_calls', message: 'this process takes no remote calls' });
    this.#ports = ports;
    this.#input = input;
    const { call, header } = input;
    const activation = this.#activation();
    this.#ledger = ports.callsFor(header, { ...call, ...(activation === undefined ? {} : keyIndexOf(activation)) });
  }

  /** @throws TransientError when one of our own dependencies is away: try again */
  async run(): Promise<void> {
    const { cancels } = this.#ports;
    const { runId } = this.#input.header;
    const stop = cancels.onCancel(runId, () => this.#cancel.abort());
    if (cancels.requested(runId)) this.#cancel.abort();
    try {
      const turn = await this.#turn();
      if (turn !== null) await this.#store(await this.#call(turn));
    } finally {
      stop();
      this.#ledger.close();
    }
  }

  /** Null when there is nothing to do. */
  async #turn(): Promise<Turn | null> {
    const { call, skeleton } = this.#input;
    for (;;) {
      const { isOpen, losses, last } = await this.#ledger.open();
      if (!isOpen || losses >= POISON_LOSSES || this.#cancel.signal.aborted) return null;
      if (last === null || last.attempt < call.attempt) return { tries: call.attempt - 1, open: isUnanswered(last) ? last : null };
      if (last.status !== 'started') return null;
      const node = skeleton.nodes.find((one) => one.id === call.nodeId);
      if (!last.isAlive || last.isOwn === true || this.#isOverdue(last, node?.timeoutMs ?? 0)) {
        const isAgain = node?.onLostAnswer === 'resend' && !this.#isForgotten(node, last);
        return isAgain ? { tries: last.attempt, open: last } : null;
      }
      await this.#pause(LOOK_MS);
    }
  }

  /**
   * Nobody has the answer of a try that took longer than it may: its process found Postgres away, and does not know that its start is
   * stored. Of a try of this process that is known at once, for it would have been joined.
   */
  #isOverdue({ startedAtMs }: CallAttempt, timeoutMs: number): boolean {
    return this.#ports.clock.nowMs() > startedAtMs + timeoutMs + OVERDUE_MS;
  }

  /** The key is as old as the first send of the call; of that no more is known than that it came after its node run began. */
  #isForgotten(node: PlanNode, { attempt, startedAtMs }: CallAttempt): boolean {
    const { call } = this.#input;
    const sinceMs = attempt === call.attempt ? startedAtMs : (this.#activation()?.atMs ?? startedAtMs);
    return isKeyExpired(node, sinceMs, this.#ports.clock.nowMs());
  }

  #activation(): Activation | undefined {
    const { call, state } = this.#input;
    return state.active.find((one) => one.nodeId === call.nodeId && one.runIndex === call.runIndex);
  }

  async #call({ tries, open }: Turn): Promise<Omit<Outcome, 'seq'>> {
    const { call, header } = this.#input;
    const context = this.#context();
    const activation = this.#activation();
    if (activation === undefined)
      throw new InvariantError({ code: 'remote_unknown', message: `nothing runs as ${call.nodeId}:${call.runIndex}` });
    const { remote: _remote, ...own } = activation;
    const work = new Work(context, await prepare(context, own), { outcomes: [], open: [] });
    const { itemIndex, sendNo = 0 } = call;
    if (work.find(itemIndex) === undefined)
      throw new InvariantError({ code: 'remote_unknown', message: `${call.nodeId} has no item ${itemIndex}` });
    const item: ItemWork = {
      itemIndex,
      tries,
      sendNo,
      status: 'running',
      ...(open === null ? {} : { open: openAttempt(call, open, work) }),
    };
    let isRefused = false;
    let over: (() => void) | undefined;
    const outcome = await new Call(
      context,
      {
        ledger: this.#ledger,
        closedBy: () => undefined,
        storing: () => () => undefined,
        onLost: () => {
          isRefused = true;
        },
        onSend: () => {
          over ??= this.#ports.callTimes?.begin(header.planHash, call.nodeId);
        },
      },
      { work, item },
    )
      .run()
      .finally(() => over?.());
    if (isRefused)
      throw new TransientError({ code: 'call_refused', message: 'the ledger refused the call: its run or its process may be over' });
    return outcome;
  }

  /** An answer is worth waiting for Postgres; of one that cannot be stored the fact stays. */
  async #store(outcome: Omit<Outcome, 'seq'>): Promise<void> {
    for (;;) {
      try {
        return await this.#ledger.store(outcome);
      } catch (thrown) {
        if (!(thrown instanceof TransientError)) return this.#ledger.store(refused(outcome));
        await this.#pause(STORE_MS);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return pauseFor(this.#ports.timers ?? systemTimers, ms);
  }

  #context(): NodeContext {
    const { header, skeleton, state } = this.#input;
    const read = new Set(skeleton.nodes.flatMap((node) => node.refs));
    const store = new ItemStore(header, this.#ports.blobs, (id) => read.has(id));
    return {
      header,
      skeleton,
      ports: this.#ports,
      store,
      signal: this.#cancel.signal,
      nowMs: () => Math.max(state.timeMs, this.#ports.clock.nowMs()),
      state: () => state,
      node: (id) => {
        const node = skeleton.nodes.find((one) => one.id === id);
        if (node === undefined) throw new InvariantError({ code: 'plan_without_node', message: `the plan has no node ${id}` });
        return node;
      },
    };
  }
}

function isUnanswered(last: CallAttempt | null): boolean {
  return last !== null && (last.status === 'started' || last.status === 'unknown');
}

function openAttempt(call: RunNodeInput['call'], last: CallAttempt, work: Work): OpenAttempt {
  const { attempt, requestHash, startedAtMs, owner } = last;
  const { nodeId, runIndex, itemIndex } = call;
  return { nodeId, runIndex, itemIndex, attempt, requestHash, startedAtMs, owner, class: work.prepared.node.effect, status: 'started' };
}

function refused({ response: _response, ...outcome }: Omit<Outcome, 'seq'>): Omit<Outcome, 'seq'> {
  const error = {
    code: 'ledger_refused',
    message: 'Postgres refused the answer of this step; what it did is stored without it.',
    hint: 'Look at what the service answered: something in it cannot be stored.',
    nodeId: outcome.nodeId,
    itemIndex: outcome.itemIndex,
  };
  return { ...outcome, status: 'failed', error };
}
