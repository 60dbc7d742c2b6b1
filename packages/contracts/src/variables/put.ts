import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { jsonField } from '../fields.ts';
import { variableParams, variableSchema } from './view.ts';

/**
 * Sets a variable: runs that start from now on read the new value. `isNew`: 409 `variable_exists` instead of changing one.
 * 422 `variable_too_large`, `variables_full`.
 */
export const putVariable = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/variables/:key',
  summary: 'Set a variable',
  params: variableParams,
  body: z.strictObject({ value: jsonField, isNew: z.boolean().default(false) }),
  answer: { status: 200, body: variableSchema },
});
