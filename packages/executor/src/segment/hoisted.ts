import type { RunLedger, SegmentInput, SegmentResult } from '@millwright/workflow';
import type { ExecutorPorts } from '../ports.ts';
import { Segment } from './segment.ts';

/** Results kept for a Temporal workflow that did not ask for them; older ones are forgotten, which costs one read of the ledger. */
const MAX_KEPT = 2_000;

/**
 * First segments that were opened before the start of their run was on disk. They compute what is pure meanwhile; everything that
 * others could see waits for the start.
 */
export class HoistedSegments {
  readonly #ports: ExecutorPorts;
  #openCount = 0;
  readonly #kept = new Map<string, Promise<SegmentResult | null>>();

  constructor(ports: ExecutorPorts) {
    this.#ports = ports;
  }

  /** Segments that are not over. */
  get openCount(): number {
    return this.#openCount;
  }

  /** @param committed resolves when the start is on disk; rejects with a TransientError when it is not, or the run is another's */
  open(input: SegmentInput, committed: Promise<void>): void {
    const { runId } = input.header;
    this.#openCount += 1;
    const running = new Segment(gated(this.#ports, committed), input)
      .run(true)
      .catch(() => null)
      .finally(() => (this.#openCount -= 1));
    this.#kept.set(runId, running);
    committed.catch(() => {
      if (this.#kept.get(runId) === running) this.#kept.delete(runId);
    });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** Hands a result out, once; null when it is not here, or the segment has to be tried again. */
  async take(runId: string): Promise<SegmentResult | null> {
    const kept = this.#kept.get(runId);
    this.#kept.delete(runId);
    return (await kept) ?? null;
  }
}

/** The same ports, of which nothing is seen outside before the start is on disk. */
function gated(ports: ExecutorPorts, committed: Promise<void>): ExecutorPorts {
  const { blobs, runner, replies } = ports;
  return {
    ...ports,
    ledgerFor: (header) => new GatedLedger(() => ports.ledgerFor(header), committed),
    blobs: { ...blobs, put: (header, items) => committed.then(() => blobs.put(header, items)) },
    runner: { run: (call) => (call.node.effect === 'pure' ? runner.run(call) : committed.then(() => runner.run(call))) },
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
  readonly start: RunLedger['start'] = async (attempt) => (await this.#opened).start(attempt);
  readonly flush: RunLedger['flush'] = async () => (await this.#opened).flush();
  readonly close: RunLedger['close'] = async (end) => (await this.#opened).close(end);
  readonly record: RunLedger['record'] = (outcome) => this.#write((ledger) => ledger.record(outcome));
  readonly nodeRun: RunLedger['nodeRun'] = (record) => this.#write((ledger) => ledger.nodeRun(record));
  readonly reply: RunLedger['reply'] = (message) => this.#write((ledger) => ledger.reply(message));
  readonly abandon: RunLedger['abandon'] = () => this.#ledger?.abandon();

  #write(write: (ledger: RunLedger) => void): void {
    if (this.#ledger === null) this.#kept.push(write);
    else write(this.#ledger);
  }
}
