import { defineAction, z } from '@millwright/node-sdk';
import { METHODS, NAMED, named, withQuery } from './address.ts';
import { writeBody } from './request-body.ts';
import { statusError } from './status-error.ts';

/** Any HTTP request. Reading methods are safe to repeat, the others are writes with a key. */
export const httpRequest = defineAction({
  type: 'http.request',
  version: 1,
  title: 'HTTP request',
  description: 'Calls any address and hands on its answer.',
  category: 'apps',
  icon: 'globe',
  aliases: ['api', 'rest', 'url', 'get', 'post', 'fetch', 'curl', 'call', 'anfrage', 'aufruf', 'abrufen', 'senden'],
  effect: 'write',
  effectBy: { parameter: 'method', classes: { GET: 'read', HEAD: 'read', OPTIONS: 'read' }, otherwise: 'write' },
  // Repeating a PUT or DELETE changes nothing more (RFC 9110 §9.2.2); after a POST or PATCH a person decides.
  onLostAnswer: 'ask',
  onLostAnswerBy: { parameter: 'method', answers: { PUT: 'resend', DELETE: 'resend' } },
  window: 10,
  // The most that the parameter below allows.
  timeoutMs: 600_000,
  input: z.strictObject({
    method: z
      .enum(METHODS)
      .default('GET')
      .meta({
        title: 'Method',
        field: { control: 'options', options: Object.fromEntries(METHODS.map((method) => [method, method])), expression: false },
      }),
    url: z
      .string()
      .min(1)
      .max(8000)
      .meta({ title: 'Address', field: { control: 'url', placeholder: 'https://api.example.com/items' } }),
    query: z
      .array(NAMED)
      .max(200)
      .default([])
      .meta({ title: 'Query', description: 'Added to the address.', field: { control: 'keyValue' } }),
    headers: z
      .array(NAMED)
      .max(200)
      .default([])
      .meta({ title: 'Headers', field: { control: 'keyValue' } }),
    bodyType: z
      .enum(['none', 'json', 'form', 'text'])
      .default('none')
      .meta({
        title: 'Body type',
        field: { control: 'options', options: { none: 'None', json: 'JSON', form: 'Form', text: 'Text' }, expression: false },
      }),
    body: z
      .json()
      .default('')
      .meta({
        title: 'Body',
        description: 'For a form: an object of fields.',
        field: { control: 'json', showIf: { parameter: 'bodyType', in: ['json', 'form', 'text'] } },
      }),
    timeoutMs: z
      .int()
      .min(100)
      .max(600_000)
      .default(30_000)
      .meta({ title: 'Time for the answer', field: { control: 'number', unit: 'ms' } }),
    failOnStatus: z
      .boolean()
      .default(true)
      .meta({
        title: 'Fail on error status',
        description: 'A status of 400 or more fails the step. Off: the answer is handed on.',
        field: { control: 'switch', expression: false },
      }),
  }),
  output: z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.json() }),
  sample: { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 42, name: 'Ada Lovelace' } },
  run: async ({ input, http, nowMs }) => {
    const url = withQuery(input.url, input.query);
    const body = writeBody(input.bodyType, input.body);
    const own = Object.fromEntries(named(input.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const headers = { ...(body === null ? {} : { 'content-type': body.contentType }), ...own };
    const answer = await http.request({
      method: input.method,
      url,
      headers,
      timeoutMs: input.timeoutMs,
      ...(body === null ? {} : { body: body.text }),
    });
    if (input.failOnStatus && answer.status >= 400)
      throw statusError(answer, `${input.method} ${input.url.split(/[?#]/, 1)[0] ?? ''}`, nowMs);
    return { status: answer.status, headers: { ...answer.headers }, body: answer.body as z.infer<ReturnType<typeof z.json>> };
  },
});
