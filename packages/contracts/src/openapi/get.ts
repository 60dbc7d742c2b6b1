import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { jsonField } from '../fields.ts';

/** The OpenAPI 3.1 document of this API. */
export const getOpenApi = defineEndpoint({
  method: 'GET',
  path: '/api/v1/openapi.json',
  summary: 'The OpenAPI 3.1 document of this API',
  answer: { status: 200, body: z.record(z.string(), jsonField) },
});
