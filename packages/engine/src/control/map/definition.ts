import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({
  window: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ title: 'Items at once', description: 'Up to 100.', field: { control: 'number', expression: false } }),
  onItemError: z
    .enum(['stop', 'collect'])
    .default('stop')
    .meta({
      title: 'When an item fails',
      field: {
        control: 'options',
        options: { stop: 'Stop and fail', collect: 'Go on; the item becomes an error' },
        expression: false,
      },
    }),
});

/** `core.map`: runs its inside once for each item, several at a time; the results come in the order of the items. */
export const mapDefinition: NodeTypeInfo = {
  type: 'core.map',
  version: 1,
  kind: 'control',
  container: true,
  title: 'For each item',
  description: 'Runs the steps inside once for each item, several items at once.',
  category: 'logic',
  aliases: ['map', 'parallel', 'foreach', 'batch', 'iterate', 'für jedes', 'jedes element', 'parallel', 'schleife'],
  icon: 'layers',
  effect: 'pure',
  inputs: [
    { name: 'main', title: 'Input' },
    { name: 'collect', title: 'Result', required: false, inner: true },
  ],
  outputs: [
    { name: 'each', title: 'Each item', inner: true },
    { name: 'main', title: 'Results' },
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
      title: 'Für jedes Element',
      description: 'Führt die Schritte darin einmal je Element aus, mehrere zugleich.',
      'parameters.window.title': 'Elemente zugleich',
      'parameters.window.description': 'Bis zu 100.',
      'parameters.onItemError.title': 'Wenn ein Element fehlschlägt',
      'parameters.onItemError.options.stop': 'Anhalten und fehlschlagen',
      'parameters.onItemError.options.collect': 'Weitermachen; das Element wird ein Fehler',
      'inputs.main': 'Eingang',
      'inputs.collect': 'Ergebnis',
      'outputs.each': 'Jedes Element',
      'outputs.main': 'Ergebnisse',
    },
  },
};
