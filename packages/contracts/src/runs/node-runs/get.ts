import type { AttemptStatus, EffectClass } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../../endpoint.ts';
import { idField, timeField } from '../../fields.ts';
import { runStatusSchema } from '../../workflows/view.ts';
import { itemSchema, runErrorSchema } from '../view.ts';

const attemptStatusSchema: z.ZodType<AttemptStatus, AttemptStatus> = z.enum(['started', 'done', 'failed', 'notSent', 'unknown']);
const effectClassSchema: z.ZodType<EffectClass, EffectClass> = z.enum(['pure', 'read', 'write', 'code', 'wait', 'child']);

/** Items of one port: how many there are, and those of the page that was asked for. */
export const portDataSchema = z.object({ count: z.int(), items: z.array(itemSchema) });
export type PortData = z.infer<typeof portDataSchema>;

/** One try. */
export const attemptSchema = z.object({
  /** Zero-based; −1 for once per list. */
  itemIndex: z.int(),
  attempt: z.int(),
  status: attemptStatusSchema,
  class: effectClassSchema,
  startedAt: timeField,
  finishedAt: timeField.nullable(),
  error: runErrorSchema.nullable(),
  requestHash: z.string().exactOptional(),
});
export type AttemptView = z.infer<typeof attemptSchema>;

/** A run that a node run called; `itemIndex` −1: once for the whole list. */
const calledRunSchema = z.object({ itemIndex: z.int(), runId: z.string(), status: runStatusSchema });
export type CalledRun = z.infer<typeof calledRunSchema>;

/** A line that a program of a Code step wrote. */
const consoleLineSchema = z.object({
  /** Zero-based; 0 where it ran once for all items. */
  itemIndex: z.int(),
  level: z.enum(['log', 'info', 'warn', 'error', 'debug']),
  text: z.string(),
});
export type ConsoleLineView = z.infer<typeof consoleLineSchema>;

/** Path parameters of everything about one node run. */
export const nodeRunParams = z.object({
  runId: idField,
  nodeId: z.string().regex(/^[\w-]{1,64}$/, 'not the id of a node'),
  // What the column holds.
  runIndex: z.coerce.number<string | number>().int().min(0).max(2_147_483_647),
});

/** Data and attempts of one node run: `itemLimit` items (1 to 200, default 50) per port from `itemOffset` on, and the first 100 runs that it called. */
export const getNodeRun = defineEndpoint({
  method: 'GET',
  path: '/api/v1/runs/:runId/node-runs/:nodeId/:runIndex',
  summary: 'Data and attempts of one node run',
  params: nodeRunParams,
  query: z.object({
    itemOffset: z.coerce.number<string | number>().int().min(0).default(0),
    itemLimit: z.coerce.number<string | number>().int().min(1).max(200).default(50),
  }),
  answer: {
    status: 200,
    body: z.object({
      inputs: z.record(z.string(), portDataSchema),
      outputs: z.record(z.string(), portDataSchema),
      attempts: z.array(attemptSchema),
      calledRuns: z.array(calledRunSchema),
      /** What its program wrote, the first 500 lines of its last try. Absent: nothing. */
      console: z.array(consoleLineSchema).exactOptional(),
    }),
  },
});
