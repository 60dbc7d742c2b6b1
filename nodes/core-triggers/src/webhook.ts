import { defineTrigger, z } from '@millwright/node-sdk';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A URL that starts a run for each request. The gateway receives and answers; it hands over one item. */
export const webhookTrigger = defineTrigger({
  type: 'core.webhook',
  version: 1,
  title: 'Webhook',
  description: 'Starts a run for every request to its address.',
  icon: 'webhook',
  aliases: ['http', 'url', 'endpoint', 'request', 'api', 'callback', 'anfrage', 'eingang', 'empfangen'],
  input: z.strictObject({
    answer: z
      .enum(['now', 'respond', 'end'])
      .default('now')
      .meta({
        title: 'Answer',
        description: 'When the caller gets an answer.',
        field: {
          control: 'options',
          options: { now: 'At once, with 202', respond: 'From a "Respond to webhook" step', end: 'At the end, with the last output' },
          expression: false,
        },
      }),
    methods: z
      .array(z.enum(METHODS))
      .max(METHODS.length)
      .default(['POST'])
      .meta({
        title: 'Methods',
        description: 'Requests with another method are refused with 405.',
        field: { control: 'options', options: Object.fromEntries(METHODS.map((method) => [method, method])), expression: false },
      }),
    responseStatus: z
      .int()
      .min(200)
      .max(599)
      .default(200)
      .meta({
        title: 'Status at the end',
        description: 'HTTP status of the answer when the run succeeded.',
        field: { control: 'number', expression: false, showIf: { parameter: 'answer', in: ['end'] } },
      }),
  }),
  output: z.object({
    method: z.string(),
    path: z.string(),
    query: z.record(z.string(), z.json()),
    headers: z.record(z.string(), z.string()),
    body: z.json(),
  }),
  sample: {
    method: 'POST',
    path: '/hooks/example',
    query: { source: 'website' },
    headers: { 'content-type': 'application/json' },
    body: { name: 'Ada Lovelace', email: 'ada@example.com', company: 'Analytical Engines', employees: 42 },
  },
});
