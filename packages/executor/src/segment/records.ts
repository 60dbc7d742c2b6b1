import type { Settled } from '@millwright/engine/advance';
import type { Activation, DataRef, MapProgress, NodeRunRecord, RunError, RunHeader, RunLedger } from '@millwright/workflow';
import type { ItemStore } from '../items/item-store.ts';

type Refs = Readonly<Record<string, DataRef>>;

/** Writes node runs as people see them. */
export class Records {
  readonly #header: RunHeader;
  readonly #ledger: RunLedger;
  readonly #store: ItemStore;
  readonly #nowMs: () => number;
  readonly #startedAtMs = new Map<string, number>();
  readonly #pending = new Set<Promise<void>>();
  #broken: unknown;

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
      this.#startedAtMs.set(key, activation.attempt === 1 && activation.since === undefined ? this.#nowMs() : activation.atMs);
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
    if (!this.#startedAtMs.has(key)) this.#startedAtMs.set(key, progress === undefined ? this.#nowMs() : activation.atMs);
    this.#write({ ...this.#base(activation), status: 'running', ...(progress === undefined ? {} : { progress }) }, activation.inputs, {});
  }

  /** @param isAlreadyDone an earlier run did it */
  settled({ activation, error, outputs, progress, ...how }: Settled, isAlreadyDone = false): void {
    const { status, reason } = isAlreadyDone ? { status: 'skipped' as const, reason: 'alreadyDone' as const } : how;
    const over = { finishedAtMs: this.#nowMs(), ...(reason === undefined ? {} : { reason }), ...(error === undefined ? {} : { error }) };
    const far = progress === undefined ? {} : { progress };
    this.#write({ ...this.#base(activation), status, ...over, ...far }, activation.inputs, outputs);
    this.#startedAtMs.delete(keyOf(activation));
  }

  /** @throws what storing large data threw */
  async stored(): Promise<void> {
    await Promise.all(this.#pending);
    if (this.#broken !== undefined) throw this.#broken;
  }

  #base(activation: Activation): Omit<NodeRunRecord, 'status' | 'inputs' | 'outputs'> {
    const { nodeId, runIndex, attempt } = activation;
    return { nodeId, runIndex, attempts: attempt, startedAtMs: this.#startedAtMs.get(keyOf(activation)) ?? activation.atMs };
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
