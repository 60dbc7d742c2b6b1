import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';
import { conditionFields, conditionGerman, convertField, convertGerman } from '../if/condition-fields.ts';

const oneCase = z.strictObject({
  id: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/)
    .meta({ title: 'Id', description: 'Names the output; lines are drawn from it.', field: { expression: false } }),
  name: z
    .string()
    .max(200)
    .default('')
    .meta({ title: 'Name', field: { expression: false } }),
  ...conditionFields,
});

const parameters = z.strictObject({
  cases: z
    .array(oneCase)
    .min(1)
    .max(50)
    .meta({ title: 'Cases', description: 'One output each; the first that holds is taken.', field: { expression: false } }),
  all: z
    .boolean()
    .default(false)
    .meta({
      title: 'All that hold',
      description: 'On: an item leaves through every case that holds.',
      field: { control: 'switch', expression: false },
    }),
  fallback: z
    .enum(['none', 'output'])
    .default('none')
    .meta({
      title: 'When no case holds',
      field: { control: 'options', options: { none: 'Leave the item out', output: 'Use an extra output' }, expression: false },
    }),
  ...convertField,
});

/** `core.switch`: sends each item to the output of the case that holds. */
export const switchDefinition: NodeTypeInfo = {
  type: 'core.switch',
  version: 1,
  kind: 'control',
  title: 'Switch',
  description: 'Sends each item to one of several outputs.',
  category: 'logic',
  aliases: ['case', 'route', 'branch', 'condition', 'router', 'verteilen', 'fall', 'verzweigung', 'weiche'],
  icon: 'route',
  effect: 'pure',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [{ name: 'fallback', title: 'Otherwise', showIf: { parameter: 'fallback', in: ['output'] } }],
  outputsFrom: { parameter: 'cases', name: 'id', title: 'name' },
  parameters: toParameterSchema(parameters),
  once: [],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Verteilen',
      description: 'Schickt jedes Element an einen von mehreren Ausgängen.',
      'parameters.cases.title': 'Fälle',
      'parameters.cases.description': 'Jeder hat einen Ausgang; der erste zutreffende gilt.',
      'parameters.cases.id.title': 'Kennung',
      'parameters.cases.id.description': 'Benennt den Ausgang; von ihm gehen Linien aus.',
      'parameters.cases.name.title': 'Name',
      ...conditionGerman('parameters.cases'),
      'parameters.all.title': 'Alle zutreffenden',
      'parameters.all.description': 'An: ein Element verlässt den Schritt durch jeden zutreffenden Fall.',
      'parameters.fallback.title': 'Wenn kein Fall zutrifft',
      'parameters.fallback.options.none': 'Element weglassen',
      'parameters.fallback.options.output': 'Eigener Ausgang',
      ...convertGerman,
      'outputs.fallback': 'Sonst',
    },
  },
};
