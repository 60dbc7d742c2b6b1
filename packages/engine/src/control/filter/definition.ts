import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';
import { conditionFields, conditionGerman, convertField, convertGerman } from '../if/condition-fields.ts';

const parameters = z.strictObject({ ...conditionFields, ...convertField });

/** `core.filter`: keeps the items whose conditions hold. */
export const filterDefinition: NodeTypeInfo = {
  type: 'core.filter',
  version: 1,
  kind: 'control',
  title: 'Filter',
  description: 'Keeps the items that match; the others leave by the second output.',
  category: 'data',
  aliases: ['where', 'keep', 'remove', 'condition', 'filtern', 'behalten', 'bedingung', 'aussortieren'],
  icon: 'filter',
  effect: 'pure',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [
    { name: 'main', title: 'Kept' },
    { name: 'discarded', title: 'Discarded' },
  ],
  parameters: toParameterSchema(parameters),
  once: [],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Filtern',
      description: 'Behält die passenden Elemente; die anderen verlassen den Schritt durch den zweiten Ausgang.',
      ...conditionGerman('parameters'),
      ...convertGerman,
      'outputs.main': 'Behalten',
      'outputs.discarded': 'Aussortiert',
    },
  },
};
