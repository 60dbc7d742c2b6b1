import type { Settled } from '@millwright/engine/advance';
import type { Activation, DataRef, MapProgress, NodeRunRecord, RunError, RunHeader, RunLedger } from '@millwright/workflow';
import type { SkipReason } from '@millwright/workflow';
import type { ItemStore } from '../items/item-store.ts';
import { CONSOLE } from '../programs/console.ts';

type Refs = Readonly<Record<string, DataRef>>;

/** Why a node run gave something though it was not run. */
export interface Skipped {
  /** Absent: it counts as run. */
  readonly reason?: SkipReason;
  /** What it would have done: stored beside its outputs, at a port that no node has. */
  readonly intended?: DataRef;
}

/** The port of intended changes. */
const INTENDED = '~intended';

/** Writes node runs as people see them. */
export class Records {
  readonly #header: RunHeader;
  readonly #ledger: RunLedger;
  readonly #store: ItemStore;
  readonly #nowMs: () => number;
  readonly #startedAtMs = new Map<string, number>();
  readonly #pending = new Set<Promise<void>>();
  #broken: unknown;
  /** When the last one began. */
  #latestMs = 0;

  constructor(parts: { readonly header: RunHeader; readonly ledger: RunLedger; readonly store: ItemStore; readonly nowMs: () => number }) {
    this.#header = parts.header;
    this.#ledger = parts.ledger;
    this.#store = parts.store;
    this.#nowMs = parts.nowMs;
  }

  /** Notes when an activation began; tells it where it will take a while. */
  running(activation: Activation, takesWhile: boolean): void {
    const key = keyOf(activation);
    if (!this.#startedAtMs.has(key))
      this.#startedAtMs.set(key, activation.attempt === 1 && activation.since === undefined ? this.#beginMs() : activation.atMs);
    if (takesWhile) this.#write({ ...this.#base(activation), status: 'running' }, activation.inputs, {});
  }

  waiting(activation: Activation, error: RunError | undefined): void {
    const waitsFor = activation.waitsFor === undefined ? {} : { waitsFor: activation.waitsFor };
    this.#write(
      { ...this.#base(activation), status: 'waiting', ...waitsFor, ...(error === undefined ? {} : { error }) },
      activation.inputs,
      {},
    );
  }

  /** A container whose inside runs. */
  open(activation: Activation, progress: MapProgress | undefined): void {
    const key = keyOf(activation);
    if (!this.#startedAtMs.has(key)) this.#startedAtMs.set(key, progress === undefined ? this.#beginMs() : activation.atMs);
    this.#write({ ...this.#base(activation), status: 'running', ...(progress === undefined ? {} : { progress }) }, activation.inputs, {});
  }

  /** @param skipped it was not run here; `written`: what its programs wrote, stored beside its outputs too */
  settled({ activation, error, outputs, progress, ...how }: Settled, skipped?: Skipped, written?: DataRef): void {
    // Where a test run begins is nobody's node.
    if (activation.nodeId.startsWith('~')) return;
    const { status, reason } = skipped?.reason === undefined ? how : { status: 'skipped' as const, reason: skipped.reason };
    const over = { finishedAtMs: this.#nowMs(), ...(reason === undefined ? {} : { reason }), ...(error === undefined ? {} : { error }) };
    const far = progress === undefined ? {} : { progress };
    const beside = {
      ...(skipped?.intended === undefined ? {} : { [INTENDED]: skipped.intended }),
      ...(written === undefined ? {} : { [CONSOLE]: written }),
    };
    const shown = { ...outputs, ...beside };
    // What a test run opens has no input of its own.
    const inputs = Object.entries(activation.inputs).filter(([, { id }]) => skipped === undefined || !id.startsWith('~'));
    this.#write({ ...this.#base(activation), status, ...over, ...far }, Object.fromEntries(inputs), shown);
    this.#startedAtMs.delete(keyOf(activation));
  }

  /** @throws what storing large data threw */
  async stored(): Promise<void> {
    await Promise.all(this.#pending);
    if (this.#broken !== undefined) throw this.#broken;
  }

  #base(activation: Activation): Omit<NodeRunRecord, 'status' | 'inputs' | 'outputs'> {
    const { nodeId, runIndex, attempt, status, atMs } = activation;
    // What needs no work (a trigger, a disabled node) is over without ever having been running.
    const startedAtMs = this.#startedAtMs.get(keyOf(activation)) ?? (status === 'ready' ? this.#beginMs() : atMs);
    return { nodeId, runIndex, attempts: attempt, startedAtMs };
  }

  /** Now, or a microsecond after the one before: people see node runs in the order in which they began, and many begin in one millisecond. */
  #beginMs(): number {
    this.#latestMs = Math.max(this.#nowMs(), this.#latestMs + 0.001);
    return this.#latestMs;
  }

  #write(record: Omit<NodeRunRecord, 'inputs' | 'outputs'>, inputs: Refs, outputs: Refs): void {
    const { save } = this.#header;
    // Data of `failures` is written too: the ledger wipes it when the run succeeds.
    if (save === 'none') {
      this.#ledger.nodeRun({ ...record, inputs: bare(inputs), outputs: bare(outputs) });
      return;
    }
    // What is small is written at once, so that records keep their order; the rest follows when its blob is stored.
    const small = this.#store.smallOnly(inputs, outputs);
    this.#ledger.nodeRun({ ...record, ...small.refs });
    if (small.isAll) return;
    const work = this.#writeLarge(record, inputs, outputs).catch((thrown: unknown) => {
      this.#broken ??= thrown;
    });
    this.#pending.add(work);
    void work.finally(() => this.#pending.delete(work));
  }

  async #writeLarge(record: Omit<NodeRunRecord, 'inputs' | 'outputs'>, inputs: Refs, outputs: Refs): Promise<void> {
    if (record.status === 'running' || record.status === 'waiting') return;
    const [storedInputs, storedOutputs] = await Promise.all([this.#store.storedAll(inputs), this.#store.storedAll(outputs)]);
    this.#ledger.nodeRun({ ...record, inputs: storedInputs, outputs: storedOutputs });
  }
}

function keyOf({ nodeId, runIndex }: Activation): string {
  return `${nodeId}:${runIndex}`;
}

/** Counts without data. */
function bare(refs: Refs): Refs {
  return Object.fromEntries(Object.entries(refs).map(([port, { id, count, sizeBytes }]) => [port, { id, count, sizeBytes }]));
}
