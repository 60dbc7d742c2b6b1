import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({
  status: z
    .int()
    .min(200)
    .max(599)
    .default(200)
    .meta({ title: 'Status', field: { control: 'number' } }),
  bodyType: z
    .enum(['json', 'text'])
    .default('json')
    .meta({ title: 'Body type', field: { control: 'options', options: { json: 'JSON', text: 'Text' }, expression: false } }),
  body: z
    .json()
    .default('{{ $json }}')
    .meta({ title: 'Body', description: 'What the caller gets. For several items: the first one counts.', field: { control: 'json' } }),
  headers: z
    .array(z.strictObject({ name: z.string().max(200), value: z.string().max(8000) }))
    .max(50)
    .default([])
    .meta({ title: 'Headers', field: { control: 'keyValue' } }),
});

/** `core.respond`: answers the caller of the webhook and hands its items on. */
export const respondDefinition: NodeTypeInfo = {
  type: 'core.respond',
  version: 1,
  kind: 'control',
  title: 'Respond to webhook',
  description: 'Answers whoever called the webhook. The first one that is reached counts.',
  category: 'logic',
  aliases: ['response', 'reply', 'answer', 'return', 'http', 'antwort', 'antworten', 'rückgabe'],
  icon: 'reply',
  effect: 'pure',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [{ name: 'main', title: 'Output' }],
  parameters: toParameterSchema(parameters),
  once: ['*'],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Webhook beantworten',
      description: 'Antwortet dem Aufrufer des Webhooks. Der erste erreichte Schritt zählt.',
      'parameters.status.title': 'Status',
      'parameters.bodyType.title': 'Art des Inhalts',
      'parameters.bodyType.options.json': 'JSON',
      'parameters.bodyType.options.text': 'Text',
      'parameters.body.title': 'Inhalt',
      'parameters.body.description': 'Was der Aufrufer bekommt. Bei mehreren Elementen zählt das erste.',
      'parameters.headers.title': 'Header',
    },
  },
};
