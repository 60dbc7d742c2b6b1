import { messageOf, randomToken, type JsonValue } from '@millwright/core';
import { triggerWatches, type triggerHosting } from '@millwright/db';
import { withinWorkspace } from '@millwright/egress';
import { invocationOf } from './poll-ports.ts';
import type { TriggerParts } from './trigger-parts.ts';

/** Lines that one process keeps open. What is beyond is asked as often as it says, and loses nothing. */
const MOST = 200;
/** How long a line is kept, ms: servers and their firewalls end older ones without a word. The next poll opens another. */
const LONGEST_MS = 540_000;
/** How long a dead process keeps others from listening, and how often a live one says that it is at it, ms. */
const LEASE_MS = 15_000;
const HOLD_MS = 5_000;
/** After a line that broke: until it is asked, and listened anew, ms. */
const AGAIN_MS = 60_000;

type Binding = triggerHosting.ClaimedBinding;

/**
 * Listens to servers that can say when something comes, one process per binding; what is heard has the trigger asked at once. Nothing
 * depends on it: polls go on beside it.
 */
export class TriggerWatches {
  readonly #parts: TriggerParts;
  readonly #onHeard: () => void;
  readonly #watcher = randomToken();
  readonly #open = new Map<string, { readonly generation: number; readonly ended: AbortController; readonly work: Promise<void> }>();
  #holding: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(parts: TriggerParts, onHeard: () => void) {
    this.#parts = parts;
    this.#onHeard = onHeard;
  }

  /** Begins to say what is listened to, and to take over from processes that died. */
  start(): void {
    this.#holding = setInterval(() => void this.#hold(), HOLD_MS).unref();
  }

  /** Listens for a binding, from what its last poll left; nothing where somebody does. */
  begin(binding: Binding, state: JsonValue): void {
    const { endpointId, generation } = binding;
    if (this.#isStopped || this.#open.size >= MOST || this.#open.has(endpointId)) return;
    const ended = new AbortController();
    const work = this.#listen(binding, state, ended).finally(() => this.#open.delete(endpointId));
    this.#open.set(endpointId, { generation, ended, work });
  }

  /** Ends all of it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#holding !== null) clearInterval(this.#holding);
    const open = [...this.#open.values()];
    for (const { ended } of open) ended.abort();
    await Promise.all(open.map(({ work }) => work));
  }

  /** Never rejects. */
  async #listen(binding: Binding, state: JsonValue, ended: AbortController): Promise<void> {
    const { db, log, runners } = this.#parts;
    const about = { workspaceId: binding.workspaceId, workflowId: binding.workflowId, endpointId: binding.endpointId };
    const watch = runners.polls(binding.connectorKey, binding.triggerKey)?.watch;
    try {
      if (watch === undefined) return;
      if (!(await triggerWatches.take(db.executor, binding, { watcher: this.#watcher, leaseMs: LEASE_MS }))) return;
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(LONGEST_MS)]);
      // Whatever ended it, it is asked: what was heard, a line that is old enough, a process that stops and leaves it to others.
      const askInMs = await withinWorkspace(binding.workspaceId, () => watch(invocationOf(this.#parts, binding, { signal, state })))
        .then(() => 0)
        .catch((thrown: unknown) => {
          if (signal.aborted) return 0;
          log.debug({ ...about, detail: messageOf(thrown) }, 'the line of a trigger broke; it is asked again, and listened to anew');
          return AGAIN_MS;
        });
      await triggerWatches.end(db.executor, binding, { watcher: this.#watcher, askInMs });
      if (askInMs === 0) this.#onHeard();
    } catch (thrown) {
      log.debug({ ...about, detail: messageOf(thrown) }, 'who listens for a trigger could not be stored; the lease ends by itself');
    }
  }

  async #hold(): Promise<void> {
    const { executor } = this.#parts.db;
    const held = await triggerWatches
      .endOrphans(executor)
      .then((ended) => (ended > 0 ? this.#onHeard() : undefined))
      .then(() => (this.#open.size === 0 ? [] : triggerWatches.hold(executor, { watcher: this.#watcher, leaseMs: LEASE_MS })))
      // Our own database is away: leases run out, and whoever is back first takes them.
      .catch(() => []);
    const wanted = new Map(held.map(({ endpointId, generation }) => [endpointId as string, generation]));
    // A line that is not taken yet, or given back just now, is not in the list: it ends by itself.
    for (const [endpointId, { generation, ended }] of this.#open)
      if (wanted.has(endpointId) && wanted.get(endpointId) !== generation) ended.abort();
  }
}
