import type { RunLedger, SegmentInput, SegmentResult } from '@millwright/workflow';
import type { ExecutorPorts } from '../ports.ts';
import { Segment } from './segment.ts';

/** First segments kept for a run's first task; of older ones the input travels instead. */
const MAX_KEPT = 5_000;

/** A first segment: runs when first called, and gives the same promise from then on. Null: it has to be tried again. */
type FirstSegment = () => Promise<SegmentResult | null>;

/**
 * First segments of runs that this process starts, so that the run's first task finds them here. Hoisted ones run before the start is
 * on disk: they compute what is pure meanwhile, and everything that others could see waits for the start.
 */
export class HoistedSegments {
  readonly #ports: ExecutorPorts;
  readonly #kept = new Map<string, FirstSegment>();
  #openCount = 0;

  constructor(ports: ExecutorPorts) {
    this.#ports = ports;
  }

  /** Segments that are not over. */
  get openCount(): number {
    return this.#openCount;
  }

  /** Runs a segment at once. @param committed resolves when the start is on disk and the run is here; else rejects with a TransientError */
  hoist(input: SegmentInput, committed: Promise<void>): void {
    if (this.#isKept(input, committed)) return;
    const running = this.#run(gated(this.#ports, committed), input);
    this.#keep(input, () => running, committed);
  }

  /** Runs a segment when its task comes. */
  prepare(input: SegmentInput, committed: Promise<void>): void {
    if (this.#isKept(input, committed)) return;
    let running: Promise<SegmentResult | null> | undefined;
    this.#keep(input, () => (running ??= this.#run(this.#ports, input)), committed);
  }

  /** The result for the run's first task; null when it is not here, or has to be tried again. Calls meanwhile get the same. */
  async take(runId: string): Promise<SegmentResult | null> {
    const segment = this.#kept.get(runId);
    if (segment === undefined) return null;
    const result = await segment();
    this.#forget(runId, segment);
    return result;
  }

  /** A repeated delivery starts nothing: what is kept is the first one's. */
  #isKept({ header }: SegmentInput, committed: Promise<void>): boolean {
    const isKept = this.#kept.has(header.runId);
    // Then nobody listens to how its own start went.
    if (isKept) committed.catch(() => undefined);
    return isKept;
  }

  #keep({ header }: SegmentInput, segment: FirstSegment, committed: Promise<void>): void {
    this.#kept.set(header.runId, segment);
    committed.catch(() => this.#forget(header.runId, segment));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  #forget(runId: string, segment: FirstSegment): void {
    if (this.#kept.get(runId) === segment) this.#kept.delete(runId);
  }

  async #run(ports: ExecutorPorts, input: SegmentInput): Promise<SegmentResult | null> {
    this.#openCount += 1;
    try {
      return await new Segment(ports, input).run(true);
    } catch {
      // Only what is to be tried again comes out of a segment: `runSegment` does.
      return null;
    } finally {
      this.#openCount -= 1;
    }
  }
}

/** The same ports, of which nothing is seen outside before the start is on disk. */
function gated(ports: ExecutorPorts, committed: Promise<void>): ExecutorPorts {
  const { blobs, runner, replies, children } = ports;
  return {
    ...ports,
    ledgerFor: (header) => new GatedLedger(() => ports.ledgerFor(header), committed),
    blobs: { ...blobs, put: (header, items) => committed.then(() => blobs.put(header, items)) },
    runner: { run: (call) => (call.node.effect === 'pure' ? runner.run(call) : committed.then(() => runner.run(call))) },
    ...(children === undefined ? {} : { children: { ...children, start: (call) => committed.then(() => children.start(call)) } }),
    replies: {
      deliver: (runId, message) => {
        committed.then(() => replies.deliver(runId, message)).catch(() => undefined);
      },
    },
  };
}

/** Keeps what is written until the start is on disk; a run that was not started leaves no trace. */
class GatedLedger implements RunLedger {
  readonly #opened: Promise<RunLedger>;
  #ledger: RunLedger | null = null;
  #kept: ((ledger: RunLedger) => void)[] = [];

  constructor(create: () => RunLedger, committed: Promise<void>) {
    this.#opened = committed.then(() => {
      const ledger = create();
      for (const write of this.#kept) write(ledger);
      this.#kept = [];
      this.#ledger = ledger;
      return ledger;
    });
    this.#opened.catch(() => undefined);
  }

  readonly open: RunLedger['open'] = async (afterSeq) => (await this.#opened).open(afterSeq);
  readonly predecessor: RunLedger['predecessor'] = async () => (await this.#opened).predecessor();
  readonly start: RunLedger['start'] = async (attempt) => (await this.#opened).start(attempt);
  readonly flush: RunLedger['flush'] = async () => (await this.#opened).flush();
  readonly close: RunLedger['close'] = async (end) => (await this.#opened).close(end);
  readonly record: RunLedger['record'] = (outcome) => this.#write((ledger) => ledger.record(outcome));
  readonly nodeRun: RunLedger['nodeRun'] = (record) => this.#write((ledger) => ledger.nodeRun(record));
  readonly decisions: RunLedger['decisions'] = async () => (await this.#opened).decisions();
  readonly decided: RunLedger['decided'] = (token, seq) => this.#write((ledger) => ledger.decided(token, seq));
  readonly reply: RunLedger['reply'] = (message) => this.#write((ledger) => ledger.reply(message));
  readonly abandon: RunLedger['abandon'] = () => this.#ledger?.abandon();

  #write(write: (ledger: RunLedger) => void): void {
    if (this.#ledger === null) this.#kept.push(write);
    else write(this.#ledger);
  }
}
