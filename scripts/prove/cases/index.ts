import type { Ground } from '../ground.ts';
import type { Verdict } from '../verdict.ts';
import { droppedAnswer } from './dropped-answer.ts';
import { earlyReply } from './early-reply.ts';
import { frozenProcess } from './frozen-process.ts';
import { killedGateway } from './killed-gateway.ts';
import { lastFlush } from './last-flush.ts';
import { lateSignal } from './late-signal.ts';
import { lostAnswer } from './lost-answer.ts';
import { lostConnection } from './lost-connection.ts';
import { overtakenFlush } from './overtaken-flush.ts';
import { poison } from './poison.ts';
import { poisonPlan } from './poison-plan.ts';
import { secondOpinion } from './second-opinion.ts';

/** One window that a fault can fall into. */
export interface Case {
  readonly name: string;
  /** Goes until the fault has happened and the product is ready again. @returns what waits for the runs and judges */
  readonly play: (ground: Ground) => Promise<() => Promise<Verdict>>;
}

/** Those with one fault each; the faults may follow closely upon each other. */
export const QUICK_CASES: readonly Case[] = [
  droppedAnswer,
  lateSignal,
  lostConnection,
  secondOpinion,
  overtakenFlush,
  lostAnswer,
  lastFlush,
  earlyReply,
  killedGateway,
];

/** Those that take leases to run out. */
export const LONG_CASES: readonly Case[] = [frozenProcess, poison, poisonPlan];
