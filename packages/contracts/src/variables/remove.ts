import { defineEndpoint } from '../endpoint.ts';
import { variableParams } from './view.ts';

/** Removes a variable: expressions that read it fail in runs that start from now on. 404 `variable_unknown`. */
export const removeVariable = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/variables/:key',
  summary: 'Remove a variable',
  params: variableParams,
  answer: { status: 204 },
});
