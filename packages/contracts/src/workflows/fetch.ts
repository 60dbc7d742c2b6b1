import { clipboardSchema } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/**
 * Reads the steps at an address: a workflow, or what was copied in the editor, as JSON. Nothing is stored. Fetched through the one way
 * out, under the workspace's network rules. 403 `egress_…`, `fetch_unavailable`; 422 `address_not_found`, `address_no_steps`,
 * `address_newer`, `address_invalid`; 502 `egress_…`.
 */
export const fetchSteps = defineEndpoint({
  method: 'POST',
  path: '/api/v1/workflows/fetch',
  summary: 'Read the steps at an address',
  body: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(8_000) }),
  answer: { status: 200, body: clipboardSchema },
});
