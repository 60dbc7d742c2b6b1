import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({
  batchSize: z
    .int()
    .min(1)
    .max(100_000)
    .default(1)
    .meta({ title: 'Items per round', field: { control: 'number' } }),
  maxRounds: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .meta({
      title: 'Rounds at most',
      description: 'A list that needs more is refused before the first round.',
      field: { control: 'number' },
    }),
});

/** `core.loop`: sends its items round in batches, and on when all are back. */
export const loopDefinition: NodeTypeInfo = {
  type: 'core.loop',
  version: 1,
  kind: 'control',
  title: 'Loop over items',
  description: 'Goes through the items in rounds, some at a time.',
  category: 'logic',
  aliases: ['batch', 'each', 'repeat', 'iterate', 'split in batches', 'schleife', 'wiederholen', 'durchlaufen', 'stapel'],
  icon: 'repeat',
  effect: 'pure',
  inputs: [
    { name: 'main', title: 'Input' },
    { name: 'back', title: 'Back', required: false },
  ],
  outputs: [
    { name: 'done', title: 'Done' },
    { name: 'loop', title: 'Loop' },
  ],
  parameters: toParameterSchema(parameters),
  once: ['*'],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Schleife über Elemente',
      description: 'Geht die Elemente in Runden durch, einige auf einmal.',
      'parameters.batchSize.title': 'Elemente je Runde',
      'parameters.maxRounds.title': 'Höchstens so viele Runden',
      'parameters.maxRounds.description': 'Eine Liste, die mehr braucht, wird vor der ersten Runde abgelehnt.',
      'inputs.back': 'Zurück',
      'outputs.done': 'Fertig',
      'outputs.loop': 'Runde',
    },
  },
};
