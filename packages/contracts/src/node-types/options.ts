import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField, jsonField } from '../fields.ts';

/** One value that a service knows. */
const optionSchema = z.object({
  value: z.string(),
  label: z.string(),
  /** Tells values with the same label apart. */
  detail: z.string().exactOptional(),
});

/** One value of a list that is read from a service. */
export type OptionView = z.infer<typeof optionSchema>;

/**
 * Values that a parameter of a step may have, read from the service with the step's connection: `limit` at most, `more` when there are more.
 * 403 `credential_forbidden`; 404 `options_unknown`; 422 `options_need_field`, `options_need_value`, `credential_missing`,
 * `credential_type_wrong`; 502 what the service, or the way to it, says.
 */
export const listNodeTypeOptions = defineEndpoint({
  method: 'POST',
  path: '/api/v1/node-types/options',
  summary: 'Values of a parameter, from the service',
  body: z.strictObject({
    type: z.string().min(1).max(200),
    version: z.int().min(1),
    /** Name of the parameter. */
    parameter: z.string().min(1).max(200),
    /** What the step's slots hold. */
    credentials: z.record(z.string().max(100), idField).default({}),
    /** The step's other parameters as they are typed in; only those that the list depends on are read. */
    parameters: z.record(z.string().max(200), jsonField).default({}),
    /** What the person typed. */
    search: z.string().max(200).default(''),
    /** Values at most. */
    limit: z.int().min(1).max(1000).default(100),
    /** Whether the service is asked although its last answer is still kept. */
    refresh: z.boolean().default(false),
  }),
  answer: { status: 200, body: z.object({ options: z.array(optionSchema), more: z.boolean() }) },
});
