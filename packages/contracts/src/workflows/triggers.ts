import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { timeField } from '../fields.ts';
import { workflowParams } from './view.ts';

const faultSchema = z.object({
  code: z.string(),
  text: z.string(),
  /** What to do; null where nobody knows. */ hint: z.string().nullable(),
  at: timeField,
});

/** How a trigger of a connector listens. */
const triggerStateSchema = z.object({
  nodeId: z.string(),
  /** The service calls us, or we ask it. */
  way: z.enum(['webhook', 'poll']),
  /** `starting`: not at it yet. `needsReconnect`: somebody has to connect the account again. `off`: the workflow is switched off. */
  status: z.enum(['starting', 'listening', 'failing', 'needsReconnect', 'off']),
  lastEventAt: timeField.nullable(),
  lastPolledAt: timeField.nullable(),
  /** When the service is asked, or told again, or what failed is tried again; null where nothing is due. */
  nextAt: timeField.nullable(),
  /** What is wrong now, or else why the service is asked. */
  error: faultSchema.nullable(),
  /** Why the service does not call although it should, and is asked instead. Null: it calls, or it is meant to be asked. */
  refusal: faultSchema.nullable(),
  /** Where the service calls; null for polls. */
  url: z.string().nullable(),
});
export type TriggerStateView = z.infer<typeof triggerStateSchema>;

/** How the triggers of the live version are that a connector brings; none before the first publish. */
export const listTriggers = defineEndpoint({
  method: 'GET',
  path: '/api/v1/workflows/:workflowId/triggers',
  summary: 'How the triggers listen',
  params: workflowParams,
  answer: { status: 200, body: z.object({ triggers: z.array(triggerStateSchema) }) },
});
