import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({
  message: z
    .string()
    .min(1)
    .max(2000)
    .default('The workflow was stopped.')
    .meta({ title: 'Message', description: 'What people see in the run.', field: { control: 'multiline' } }),
  code: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/)
    .default('stopped')
    .meta({ title: 'Code', description: 'Small letters, digits and _, such as order_invalid.' }),
});

/** `core.stop`: ends the run as failed, with a text of its author. */
export const stopDefinition: NodeTypeInfo = {
  type: 'core.stop',
  version: 1,
  kind: 'control',
  title: 'Stop with error',
  description: 'Ends the run as failed, with your own message.',
  category: 'logic',
  aliases: ['error', 'throw', 'fail', 'abort', 'exit', 'fehler', 'abbrechen', 'abbruch', 'beenden'],
  icon: 'octagon-x',
  effect: 'pure',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [],
  parameters: toParameterSchema(parameters),
  once: [],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Mit Fehler beenden',
      description: 'Beendet den Lauf als fehlgeschlagen, mit einer eigenen Meldung.',
      'parameters.message.title': 'Meldung',
      'parameters.message.description': 'Was man im Lauf sieht.',
      'parameters.code.title': 'Code',
      'parameters.code.description': 'Kleinbuchstaben, Ziffern und _, etwa order_invalid.',
    },
  },
};
