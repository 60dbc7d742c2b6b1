import { clipboardSchema } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** The steps, lines and notes of a workflow to begin with, as they are pasted into another one. 404 for a key that the list does not have. */
export const getTemplate = defineEndpoint({
  method: 'GET',
  path: '/api/v1/templates/:key',
  summary: 'Steps of a workflow to begin with',
  params: z.object({ key: z.string().max(100) }),
  answer: { status: 200, body: clipboardSchema },
});
