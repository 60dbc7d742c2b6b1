import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, type Clock, type ProofId, type RunId } from '@millwright/core';
import { reliability, type Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';
import type { ManualStart } from '../deps.ts';
import type { ProofVersion } from './proof-workflow.ts';

/** How to kill the process that this runs in. */
export interface Plug {
  readonly processId: number;
  /** Kills it as the kernel would, without a word; whoever injected this knows that it is started again. */
  readonly pull: () => void;
}

/** What takes the writes that a proof's runs send. */
export interface ProofReceiver {
  /**
   * Stores that a write has arrived.
   * @returns false when there is no such proof
   */
  readonly receive: (request: { readonly proofId: string; readonly effect: string; readonly idempotencyKey: string }) => Promise<boolean>;
  /** Resolves when the write may be answered: at once, except while a proof gets its runs into the middle of their work. */
  readonly mayAnswer: () => Promise<void>;
}

/** What a proof works with. */
interface Ports {
  readonly db: Database;
  readonly startRun: (start: ManualStart) => Promise<RunId>;
  readonly plug?: Plug;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A proof that was begun, and the version that its runs are of. */
export interface BegunProof {
  readonly id: ProofId;
  readonly workspaceId: string;
  readonly runIds: readonly RunId[];
  readonly version: ProofVersion;
  readonly startedBy: string;
}

/** Runs of one proof. Every second one waits when the plug is pulled, the others are inside their write. */
export const PROOF_RUNS = 50;
/** Longer than it takes to start all of them. */
const WAIT_SECONDS = 8;
/** Starts side by side. */
const AT_ONCE = 10;
/** For all runs to be in the middle of their work. */
const UNDER_WAY_MS = 60_000;
/** Runs that have not ended by then are lost; recovery after a kill takes 25 s at most (durability.md §4). */
const RECOVERY_MS = 180_000;
const LOOK_MS = 250;

/**
 * Pulls the plug: gets runs into the middle of their work and kills this process. The process that is started in its place counts them.
 * Everything that must outlive the kill is in Postgres before it.
 */
export class PlugProof implements ProofReceiver {
  readonly #ports: Ports;
  #held: PromiseWithResolvers<void> | null = null;
  #working: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  receive(request: { readonly proofId: string; readonly effect: string; readonly idempotencyKey: string }): Promise<boolean> {
    return reliability.receive(this.#ports.db.executor, request);
  }

  async mayAnswer(): Promise<void> {
    await this.#held?.promise;
  }

  /** Starts the runs of a proof, and kills this process once they are under way. Returns at once. */
  start(proof: BegunProof): void {
    this.#held ??= Promise.withResolvers();
    this.#working = this.#pull(proof)
      .catch((thrown: unknown) => this.#ports.log.error({ detail: messageOf(thrown), proofId: proof.id }, 'a proof could not be ended'))
      .finally(() => this.#release());
  }

  /** Counts what an earlier process began, until every run has ended. Resolves when nothing is left to count. */
  async follow(): Promise<void> {
    if (this.#ports.plug === undefined) return;
    this.#working = this.#follow();
    await this.#working;
  }

  /** Gives up what is under way here; another process goes on counting. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#release();
    await this.#working;
  }

  #release(): void {
    this.#held?.resolve();
    this.#held = null;
  }

  async #pull(proof: BegunProof): Promise<void> {
    const { plug, db, log } = this.#ports;
    try {
      await this.#startRuns(proof);
      const isUnderWay = await this.#untilUnderWay(proof);
      if (isUnderWay && plug !== undefined && (await reliability.setKilled(db.executor, proof.id, plug.processId))) {
        plug.pull();
        return;
      }
    } catch (thrown) {
      log.error({ detail: messageOf(thrown), proofId: proof.id }, 'a proof was given up before the kill');
    }
    await this.#giveUp(proof);
  }

  async #giveUp(proof: BegunProof): Promise<void> {
    const { succeeded, lost, effects, repeated } = await reliability.stand(this.#ports.db.executor, proof);
    await reliability.end(this.#ports.db.executor, proof.id, { status: 'stopped', succeeded, lost, effects, repeated });
  }

  async #startRuns({ id, workspaceId, runIds, version, startedBy }: BegunProof): Promise<void> {
    for (let from = 0; from < runIds.length; from += AT_ONCE) {
      await Promise.all(
        runIds.slice(from, from + AT_ONCE).map((runId, index) => {
          const n = from + index;
          const input = { proof: id, effect: String(n + 1), waitSeconds: n % 2 === 0 ? 0 : WAIT_SECONDS };
          return this.#ports.startRun({ ...version, runId, workspaceId, input, startedBy });
        }),
      );
      await reliability.setAccepted(this.#ports.db.executor, id, Math.min(from + AT_ONCE, runIds.length));
    }
  }

  /** Whether every run waits or has its write at the receiver, which answers none of them meanwhile. */
  async #untilUnderWay(proof: BegunProof): Promise<boolean> {
    const endsAt = this.#ports.clock.monotonicMs() + UNDER_WAY_MS;
    while (!this.#isStopped && this.#ports.clock.monotonicMs() < endsAt) {
      const { waiting, effects } = await reliability.stand(this.#ports.db.executor, proof);
      if (waiting + effects >= proof.runIds.length) return true;
      await sleep(LOOK_MS);
    }
    return false;
  }

  async #follow(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const proofs = await reliability.open(this.#ports.db.executor);
        const open = await Promise.all(proofs.map((proof) => this.#look(proof)));
        if (!open.includes(true)) return;
      } catch (thrown) {
        this.#ports.log.debug({ detail: messageOf(thrown) }, 'a proof could not be counted yet');
      }
      await sleep(LOOK_MS);
    }
  }

  /** Whether there is more to count. */
  async #look(proof: reliability.Proof): Promise<boolean> {
    const { db, clock } = this.#ports;
    const standing = await reliability.stand(db.executor, proof);
    const { succeeded, lost, effects, repeated, open } = standing;
    // Its process died of something else while it started runs: those that were accepted go on without being counted.
    if (proof.killedAt === null) {
      await reliability.end(db.executor, proof.id, { status: 'stopped', succeeded, lost, effects, repeated });
      return false;
    }
    if (open > 0 && clock.nowMs() - proof.killedAt.getTime() < RECOVERY_MS) return true;
    await reliability.end(db.executor, proof.id, { status: 'finished', succeeded, lost: lost + open, effects, repeated });
    return false;
  }
}
