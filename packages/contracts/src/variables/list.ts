import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { variableSchema } from './view.ts';

/** The variables of the workspace, and the names of the environment that expressions may read. */
const variablesSchema = z.object({
  items: z.array(variableSchema),
  /** What an admin allowed with `MILLWRIGHT_EXPRESSION_ENV`; values are never shown. */
  environment: z.array(z.object({ name: z.string(), isSet: z.boolean() })),
});
export type VariablesView = z.infer<typeof variablesSchema>;

/** All of them: there are 200 at most. */
export const listVariables = defineEndpoint({
  method: 'GET',
  path: '/api/v1/variables',
  summary: 'Variables of the workspace, and allowed environment names',
  answer: { status: 200, body: variablesSchema },
});
