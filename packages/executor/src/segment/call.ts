import { ConnectorError, MillwrightError, TransientError, UserError, type JsonValue } from '@millwright/core';
import type { AttemptStatus, BuiltFrom, Outcome, RunError, RunLedger } from '@millwright/workflow';
import { hash36 } from '../nodes/chance.ts';
import { byPort } from '../nodes/collected.ts';
import { itemAt, type NodeContext } from '../nodes/prepared.ts';
import { toRunError } from '../nodes/run-error.ts';
import { builtFrom, keyIndexOf } from '../nodes/skips.ts';
import { ConsoleLines } from '../programs/console.ts';
import { systemTimers } from '../timers.ts';
import { NOT_SENT } from './not-sent.ts';
import type { ItemWork, Work } from '../nodes/work.ts';
import { CREDENTIAL_RECONNECT } from '../waits/holds.ts';
import { isKeyExpired } from '../waits/vendor-key.ts';

/** An outcome that the engine has not taken. */
export type UntakenOutcome = Omit<Outcome, 'seq'>;

/** What a call needs of its segment. */
export interface CallPorts {
  readonly ledger: Pick<RunLedger, 'start'>;
  /** Why nothing may be sent any more; undefined while it may. */
  readonly closedBy: () => string | undefined;
  /** Notes what is queued now; the result is called once that is stored. */
  readonly storing: () => () => void;
  /** The run is another's, or has ended. */
  readonly onLost: () => void;
  /** A request leaves; called before each. */
  readonly onSend: () => void;
}

/** Thrown out of `beforeSend`: the request must stay here. */
class NotSent extends UserError {}

/** One try of one item: never rejects but with TransientError, when one of our own dependencies is away. */
export class Call {
  readonly #context: NodeContext;
  readonly #ports: CallPorts;
  readonly #work: Work;
  readonly #item: ItemWork;
  readonly #abort = new AbortController();
  readonly #startedAtMs: number;
  readonly #attempt: number;
  readonly #console = new ConsoleLines();
  #requestHash: string | undefined;
  #built: BuiltFrom = {};
  #isTimedOut = false;

  constructor(context: NodeContext, ports: CallPorts, { work, item }: { readonly work: Work; readonly item: ItemWork }) {
    this.#context = context;
    this.#ports = ports;
    this.#work = work;
    this.#item = item;
    this.#attempt = item.tries + 1;
    this.#startedAtMs = context.nowMs();
  }

  async run(): Promise<UntakenOutcome> {
    const { signal } = this.#context;
    const onCancel = (): void => this.#abort.abort(signal.reason);
    signal.addEventListener('abort', onCancel, { once: true });
    const timeout = Promise.withResolvers<never>();
    const { timers = systemTimers } = this.#context.ports;
    const stopTimer = timers.after(this.#work.prepared.node.timeoutMs, () => {
      this.#isTimedOut = true;
      this.#abort.abort();
      timeout.reject(new Error('timed out'));
    });
    const aborted = Promise.withResolvers<never>();
    this.#abort.signal.addEventListener('abort', () => aborted.reject(new Error('aborted')), { once: true });
    for (const silent of [timeout.promise, aborted.promise]) silent.catch(() => undefined);
    try {
      if (signal.aborted) onCancel();
      return this.#outcome('done', { response: await Promise.race([this.#invoke(), timeout.promise, aborted.promise]) });
    } catch (thrown) {
      if (thrown instanceof TransientError) throw thrown;
      return this.#failure(thrown);
    } finally {
      stopTimer();
      signal.removeEventListener('abort', onCancel);
    }
  }

  async #invoke(): Promise<JsonValue> {
    const { activation, node, config, list, parameters } = this.#work.prepared;
    const { header, ports } = this.#context;
    if (node.effect !== 'code') this.#refuseWhenDry();
    const { itemIndex } = this.#item;
    const evaluated = parameters.at(Math.max(0, itemIndex));
    this.#built = builtFrom(this.#work.prepared, evaluated, itemIndex);
    const { items } = await ports.runner.run({
      header,
      node,
      parameters: evaluated,
      ...itemAt(list, itemIndex),
      items: list.items,
      itemIndex,
      runIndex: activation.runIndex,
      attempt: this.#attempt,
      idempotencyKey: node.effect === 'read' || node.effect === 'code' ? null : this.#vendorKey(),
      nowMs: activation.atMs,
      signal: this.#abort.signal,
      beforeSend: async (requestHash) => {
        await this.#beforeSend(requestHash);
        this.#ports.onSend();
      },
      credentials: config.credentials,
      ...(node.effect === 'code' ? { data: () => parameters.program(itemIndex), log: (line) => this.#console.add(line) } : {}),
    });
    return { ...byPort(node, items), ...this.#console.kept() } as unknown as JsonValue;
  }

  /** The same for every try, those of earlier runs included, until somebody wants a new one. */
  #vendorKey(): string {
    const { activation, node } = this.#work.prepared;
    const { runId, resumes } = this.#context.header;
    return hash36(
      `${resumes?.originRunId ?? runId}:${node.id}:${activation.keyIndex ?? activation.runIndex}:${this.#item.itemIndex}`,
      this.#item.sendNo,
    );
  }

  /** Stores that a write leaves, after everything that led to it. */
  async #beforeSend(requestHash: string): Promise<void> {
    this.#refuseWhenDry();
    this.#refuseWhenClosed();
    const { activation, node } = this.#work.prepared;
    if (node.effect === 'read' || this.#requestHash !== undefined) return;
    const { open, resend, lostSinceMs } = this.#item;
    if (open === undefined && resend === undefined && isKeyExpired(node, lostSinceMs, this.#context.nowMs())) throw keyExpired();
    // What a program sends has no key that could stand for another body.
    if (open !== undefined && resend !== 'newKey' && node.effect !== 'code' && open.requestHash !== requestHash) {
      throw new NotSent('conflict', {
        code: 'effect_changed',
        message: 'the request differs from the one that was sent before under the same key',
        hint: 'Nothing was sent. Check what the first request did, then start a new run.',
      });
    }
    const { itemIndex } = this.#item;
    const onStored = this.#ports.storing();
    const isOurs = await this.#ports.ledger.start({
      nodeId: node.id,
      runIndex: activation.runIndex,
      ...keyIndexOf(activation),
      itemIndex,
      attempt: this.#attempt,
      class: node.effect,
      requestHash,
      ...this.#built,
      startedAtMs: this.#startedAtMs,
    });
    if (!isOurs) {
      this.#ports.onLost();
      throw new NotSent('conflict', { code: NOT_SENT, message: 'nothing was sent: the run is no longer ours' });
    }
    onStored();
    this.#refuseWhenClosed();
    this.#requestHash = requestHash;
  }

  /** A dry run computes what writes would do, and never comes here with one; whatever led here, nothing is sent. */
  #refuseWhenDry(): void {
    if (this.#work.prepared.node.effect === 'read' || this.#context.skeleton.dryRun !== true) return;
    throw new NotSent('forbidden', { code: 'dry_run', message: 'nothing was sent: this is a dry run' });
  }

  #refuseWhenClosed(): void {
    const reason = this.#abort.signal.aborted ? 'canceled' : this.#ports.closedBy();
    if (reason !== undefined) throw new NotSent('conflict', { code: NOT_SENT, message: `nothing was sent: ${reason}` });
  }

  #failure(thrown: unknown): UntakenOutcome {
    const place = { nodeId: this.#work.prepared.node.id, itemIndex: this.#item.itemIndex };
    const { effect } = this.#work.prepared.node;
    const isWrite = effect !== 'read' && effect !== 'code';
    const isSent = this.#requestHash !== undefined;
    if (this.#isTimedOut)
      return this.#outcome(isSent ? 'unknown' : 'failed', { error: { ...place, ...timedOut(this.#work.prepared.node.timeoutMs) } });
    if (this.#abort.signal.aborted)
      return this.#outcome(isSent ? 'unknown' : 'notSent', {
        error: { ...place, code: 'canceled', message: 'The run was canceled while this was under way.' },
      });
    const error = toRunError(thrown, place);
    if (!isSent) return this.#outcome(isWrite || error.credentialId !== undefined ? 'notSent' : 'failed', { error });
    // A program that failed after it had begun to send: which of its requests were done, only a person can say.
    return this.#outcome(effect === 'code' ? 'unknown' : statusOf(thrown), { error });
  }

  /** What a program wrote before it failed. */
  #written(status: AttemptStatus): { readonly response?: JsonValue } {
    const written = status === 'done' ? {} : this.#console.kept();
    return Object.keys(written).length === 0 ? {} : { response: { ...written } };
  }

  #outcome(
    status: Exclude<AttemptStatus, 'started'>,
    result: { readonly response?: JsonValue; readonly error?: RunError },
  ): UntakenOutcome {
    const { activation, node } = this.#work.prepared;
    return {
      nodeId: node.id,
      runIndex: activation.runIndex,
      ...keyIndexOf(activation),
      itemIndex: this.#item.itemIndex,
      attempt: this.#attempt,
      // A program that changed nothing outside was a read: a resumed run whose program or items are others computes it anew.
      class: node.effect === 'code' && this.#requestHash === undefined ? 'read' : node.effect,
      status,
      ...this.#written(status),
      ...result,
      ...this.#built,
      startedAtMs: this.#startedAtMs,
      finishedAtMs: this.#context.nowMs(),
    };
  }
}

function keyExpired(): NotSent {
  return new NotSent('conflict', {
    code: 'key_expired',
    message: 'it was not sent again: the answer of an earlier try was lost, and the service may have forgotten the key of that',
    hint: 'Look there whether it was done, then resume the run.',
  });
}

function timedOut(timeoutMs: number): RunError {
  return {
    code: 'node_timeout',
    message: `No answer within ${timeoutMs / 1000} s.`,
    hint: 'Give the step more time, or check the service.',
    reason: 'timeout',
    kind: 'transient',
  };
}

/**
 * What an error says about a request that may have left. An answer with a status is definite, and so is
 * `details.sent: false`, or a credential that must be reconnected; a fault without an answer leaves it open.
 */
function statusOf(thrown: unknown): 'failed' | 'notSent' | 'unknown' {
  if (!(thrown instanceof MillwrightError)) return 'unknown';
  const { sent, status } = thrown.details ?? {};
  if (sent === false || (thrown.code === CREDENTIAL_RECONNECT && sent !== true)) return 'notSent';
  if (!(thrown instanceof ConnectorError) || typeof status === 'number') return 'failed';
  return sent === true || thrown.kind === 'transient' ? 'unknown' : 'failed';
}
