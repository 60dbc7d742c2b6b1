import { messageOf, randomToken, TransientError, type JsonValue } from '@millwright/core';
import { triggerBindings, triggerHosting } from '@millwright/db';
import { withinWorkspace } from '@millwright/egress';
import type { RunStart } from '@millwright/gateway';
import { isAskedInstead, mayBeAsked, tendHook } from './hook-service.ts';
import { pollService, type Polled } from './poll-service.ts';
import { setback } from './setbacks.ts';
import type { TriggerParts } from './trigger-parts.ts';
import { TriggerWatches } from './trigger-watches.ts';

/** How often there is a look at what is due, ms; changes are heard of at once. */
const LOOK_MS = 1_000;
/** Bindings that one process works on side by side. */
const SIDE_BY_SIDE = 8;
/** How long a dead process keeps others from its bindings, and how often a live one says that it is at it, ms. */
const LEASE_MS = 15_000;
const HOLD_MS = 5_000;
/** No service gets longer for a poll or a subscription, ms. */
const MOST_MS = 120_000;

type Binding = triggerHosting.ClaimedBinding;

/**
 * Polls services, and subscribes to them, for the published triggers of all workspaces. A binding is one process' at a time; what it comes
 * to is stored with the deliveries that it brought, and only while nothing else is wanted.
 */
export class TriggerHost {
  readonly #parts: TriggerParts;
  readonly #working = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  readonly #watches: TriggerWatches;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> | null = null;
  #isCalled = false;

  constructor(parts: TriggerParts) {
    this.#parts = parts;
    this.#watches = new TriggerWatches(parts, () => this.#look());
  }

  /** Begins; returns the function that stops it and waits for what is under way. */
  start(): () => Promise<void> {
    const look = (): void => this.#look();
    const unlisten = this.#parts.db.listen(triggerBindings.TRIGGERS_CHANNEL, look, look);
    this.#timer = setInterval(look, LOOK_MS).unref();
    this.#watches.start();
    return async () => {
      unlisten();
      if (this.#timer !== null) clearInterval(this.#timer);
      this.#stopped.abort();
      await this.#round;
      await Promise.all([...this.#working, this.#watches.stop()]);
    };
  }

  /** One round at a time; a call during one leads to another. */
  #look(): void {
    this.#isCalled = true;
    if (this.#round !== null || this.#stopped.signal.aborted) return;
    this.#isCalled = false;
    this.#round = this.#claim()
      .catch((thrown: unknown) => this.#parts.log.debug({ detail: messageOf(thrown) }, 'triggers that are due could not be looked for'))
      .then(() => {
        this.#round = null;
        if (this.#isCalled) this.#look();
      });
  }

  async #claim(): Promise<void> {
    const limit = SIDE_BY_SIDE - this.#working.size;
    if (limit <= 0) return;
    const how = { claim: randomToken(), limit, leaseMs: LEASE_MS };
    for (const binding of await triggerHosting.claimDue(this.#parts.db.executor, how)) {
      const work = this.#tend(binding).finally(() => {
        this.#working.delete(work);
        this.#look();
      });
      this.#working.add(work);
    }
  }

  /** Never rejects. What our own database refuses is left to the claim's end. */
  async #tend(binding: Binding): Promise<void> {
    const held = new AbortController();
    const holding = setInterval(() => void this.#hold(binding, held), HOLD_MS).unref();
    const signal = AbortSignal.any([held.signal, this.#stopped.signal, AbortSignal.timeout(MOST_MS)]);
    const { db, log } = this.#parts;
    const about = { workspaceId: binding.workspaceId, workflowId: binding.workflowId, endpointId: binding.endpointId };
    try {
      const work = (): Promise<Polled | null> => this.#work(binding, signal);
      const done = await withinWorkspace(binding.workspaceId, work).catch((thrown: unknown) => this.#failed(thrown, binding));
      // Nothing to store: another process has it, or our own database is away. The claim ends by itself, unless this process does.
      const isLeft = done === null ? this.#stopped.signal.aborted : !(await this.#settle(binding, done));
      if (isLeft) await triggerHosting.release(db.executor, binding);
      else if (done?.watchFrom !== undefined) this.#watches.begin(binding, done.watchFrom);
    } catch (thrown) {
      log.warn({ ...about, detail: messageOf(thrown) }, 'what came of a trigger could not be stored; it is done again');
    } finally {
      clearInterval(holding);
    }
  }

  async #hold(binding: Binding, held: AbortController): Promise<void> {
    const isOurs = await triggerHosting.hold(this.#parts.db.executor, binding, LEASE_MS).catch(() => true);
    if (!isOurs) held.abort();
  }

  /** @returns null when there is nothing to store: another process is at it, or this one stops */
  async #work(binding: Binding, signal: AbortSignal): Promise<Polled | null> {
    const isPolled = binding.isWanted && (binding.way === 'poll' || isAskedInstead(binding));
    if (!isPolled) return this.#hook(binding, signal);
    if (binding.subscribed !== null) await tendHook({ parts: this.#parts, binding, signal });
    return pollService(this.#parts, binding, signal);
  }

  /** Brings a webhook to what is wanted; a service that refuses our address is asked instead, where there is a way to ask. */
  async #hook(binding: Binding, signal: AbortSignal): Promise<Polled | null> {
    const work = { parts: this.#parts, binding, signal };
    try {
      const outcome = await tendHook(work);
      // Who switches it on again wants what happens from then on.
      const beginsAnew = binding.isWanted ? {} : { pollState: null };
      return outcome === null ? null : { outcome: { ...outcome, ...beginsAnew, refusal: null }, starts: [] };
    } catch (thrown) {
      if (!mayBeAsked(work, thrown)) throw thrown;
      await triggerHosting.storeSubscription(this.#parts.db.executor, binding, { subscribed: null, sealedKept: null });
      const { outcome, starts } = await pollService(this.#parts, binding, signal);
      return { outcome: { ...outcome, refusal: setback(thrown, binding).error ?? null }, starts };
    }
  }

  #failed(thrown: unknown, binding: Binding): Polled | null {
    if (this.#stopped.signal.aborted || thrown instanceof TransientError) return null;
    const { workspaceId, workflowId, endpointId } = binding;
    const outcome = setback(thrown, binding);
    const said = outcome.error?.code === 'unexpected' ? { err: thrown } : { code: outcome.error?.code, detail: messageOf(thrown) };
    this.#parts.log.warn({ workspaceId, workflowId, endpointId, ...said }, 'a trigger could not listen');
    return { outcome, starts: [] };
  }

  #settle(binding: Binding, { outcome, starts }: Polled): Promise<boolean> {
    const deliveries = starts.map((start: RunStart) => ({
      hash: start.header.delivery?.hash ?? '',
      runId: start.header.runId,
      input: start as unknown as JsonValue,
    }));
    return triggerHosting.settle(this.#parts.db.executor, binding, { outcome, deliveries });
  }
}
