import { z } from 'zod';
import { timeField } from '../fields.ts';

/** A proof of reliability: runs that are in the middle of their work when the server process is killed, and what became of them. */
export const proofSchema = z.object({
  id: z.string(),
  /** `starting`: nothing was killed yet. `recovering`: its runs go on after the kill. `stopped`: given up before the kill. */
  status: z.enum(['starting', 'recovering', 'finished', 'stopped']),
  /** The workflow that its runs are of. */
  workflowId: z.string(),
  /** Runs that it starts. */
  runs: z.int(),
  /** Runs whose start is on disk. */
  accepted: z.int(),
  /** Runs that ended as succeeded. */
  finished: z.int(),
  /** Accepted runs that ended otherwise, or not at all. */
  lost: z.int(),
  /** Different effects that reached the receiver. */
  effects: z.int(),
  /** Requests that repeated an effect under its key, as its answer was lost with the process. */
  repeated: z.int(),
  startedAt: timeField,
  killedAt: timeField.nullable(),
  finishedAt: timeField.nullable(),
  /** The process that was killed. */
  killedProcessId: z.int().nullable(),
});
export type ProofView = z.infer<typeof proofSchema>;
