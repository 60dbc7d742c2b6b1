import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({
  mode: z
    .enum(['append', 'position', 'key', 'combinations', 'choose'])
    .default('append')
    .meta({
      title: 'How',
      field: {
        control: 'options',
        options: {
          append: 'One list after the other',
          position: 'By position',
          key: 'By matching fields',
          combinations: 'All combinations',
          choose: 'Wait for all, take one',
        },
        expression: false,
      },
    }),
  inputs: z
    .int()
    .min(2)
    .max(10)
    .default(2)
    .meta({ title: 'Inputs', field: { control: 'number', expression: false } }),
  join: z
    .enum(['inner', 'left', 'right', 'full', 'anti'])
    .default('inner')
    .meta({
      title: 'Keep',
      field: {
        control: 'options',
        options: {
          inner: 'Matching items',
          left: 'All of input 1, with what matches',
          right: 'All of input 2, with what matches',
          full: 'Everything',
          anti: 'Items of input 1 without a match',
        },
        showIf: { parameter: 'mode', in: ['key'] },
        expression: false,
      },
    }),
  keys: z
    .array(
      z.strictObject({
        left: z
          .string()
          .min(1)
          .max(500)
          .meta({ title: 'Field of input 1', field: { expression: false } }),
        right: z
          .string()
          .min(1)
          .max(500)
          .meta({ title: 'Field of input 2', field: { expression: false } }),
      }),
    )
    .min(1)
    .max(20)
    .meta({
      title: 'Matching fields',
      description: 'Dots go deeper: address.city. Every pair must be equal.',
      field: { showIf: { parameter: 'mode', in: ['key'] }, expression: false },
    }),
  choose: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .meta({ title: 'Input to take', field: { control: 'number', showIf: { parameter: 'mode', in: ['choose'] } } }),
  clash: z
    .enum(['last', 'first', 'suffix'])
    .default('last')
    .meta({
      title: 'When fields have the same name',
      field: {
        control: 'options',
        options: { last: 'The last input wins', first: 'The first input wins', suffix: 'Keep both: name_1, name_2' },
        showIf: { parameter: 'mode', in: ['position', 'key', 'combinations'] },
        expression: false,
      },
    }),
  unpaired: z
    .boolean()
    .default(false)
    .meta({
      title: 'Keep items without a partner',
      field: { control: 'switch', showIf: { parameter: 'mode', in: ['position'] }, expression: false },
    }),
});

const inputTitles = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`inputs.in${index + 1}`, `Eingang ${index + 1}`]));

/** `core.merge`: brings several lists together. */
export const mergeDefinition: NodeTypeInfo = {
  type: 'core.merge',
  version: 1,
  kind: 'control',
  title: 'Merge',
  description: 'Brings several lists together.',
  category: 'data',
  aliases: ['join', 'combine', 'append', 'union', 'lookup', 'zip', 'zusammenführen', 'verbinden', 'vereinen', 'abgleichen'],
  icon: 'merge',
  effect: 'pure',
  inputs: [],
  outputs: [{ name: 'main', title: 'Output' }],
  inputsFrom: { parameter: 'inputs', prefix: 'in', requiredIf: { parameter: 'mode', in: ['choose'] } },
  parameters: toParameterSchema(parameters),
  once: ['*'],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Zusammenführen',
      description: 'Bringt mehrere Listen zusammen.',
      'parameters.mode.title': 'Wie',
      'parameters.mode.options.append': 'Eine Liste nach der anderen',
      'parameters.mode.options.position': 'Nach Position',
      'parameters.mode.options.key': 'Nach gleichen Feldern',
      'parameters.mode.options.combinations': 'Alle Kombinationen',
      'parameters.mode.options.choose': 'Auf alle warten, eine nehmen',
      'parameters.inputs.title': 'Eingänge',
      'parameters.join.title': 'Behalten',
      'parameters.join.options.inner': 'Passende Elemente',
      'parameters.join.options.left': 'Alle von Eingang 1, mit dem, was passt',
      'parameters.join.options.right': 'Alle von Eingang 2, mit dem, was passt',
      'parameters.join.options.full': 'Alles',
      'parameters.join.options.anti': 'Elemente von Eingang 1, zu denen nichts passt',
      'parameters.keys.title': 'Gleiche Felder',
      'parameters.keys.description': 'Punkte führen tiefer: adresse.ort. Jedes Paar muss gleich sein.',
      'parameters.keys.left.title': 'Feld von Eingang 1',
      'parameters.keys.right.title': 'Feld von Eingang 2',
      'parameters.choose.title': 'Eingang, der gilt',
      'parameters.clash.title': 'Bei gleichen Feldnamen',
      'parameters.clash.options.last': 'Der letzte Eingang gilt',
      'parameters.clash.options.first': 'Der erste Eingang gilt',
      'parameters.clash.options.suffix': 'Beide behalten: name_1, name_2',
      'parameters.unpaired.title': 'Elemente ohne Partner behalten',
      ...inputTitles,
    },
  },
};
