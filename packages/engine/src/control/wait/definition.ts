import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({
  mode: z
    .enum(['for', 'until'])
    .default('for')
    .meta({ title: 'Wait', field: { control: 'options', options: { for: 'For a time', until: 'Until a date' }, expression: false } }),
  amount: z
    .number()
    .min(0)
    .default(1)
    .meta({ title: 'Amount', field: { control: 'number', showIf: { parameter: 'mode', in: ['for'] } } }),
  unit: z
    .enum(['seconds', 'minutes', 'hours', 'days'])
    .default('minutes')
    .meta({
      title: 'Unit',
      field: {
        control: 'options',
        options: { seconds: 'Seconds', minutes: 'Minutes', hours: 'Hours', days: 'Days' },
        showIf: { parameter: 'mode', in: ['for'] },
      },
    }),
  until: z
    .string()
    .min(1)
    .optional()
    .meta({
      title: 'Date',
      description: 'A date and time, such as 2027-01-31T09:00:00Z.',
      field: { control: 'dateTime', showIf: { parameter: 'mode', in: ['until'] } },
    }),
});

/** `core.wait`: holds the run for a time; it survives restarts and costs nothing meanwhile. */
export const waitDefinition: NodeTypeInfo = {
  type: 'core.wait',
  version: 1,
  kind: 'control',
  title: 'Wait',
  description: 'Goes on after a while, or on a date.',
  category: 'logic',
  aliases: ['delay', 'sleep', 'pause', 'timer', 'warten', 'verzögerung', 'später'],
  icon: 'hourglass',
  effect: 'wait',
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
      title: 'Warten',
      description: 'Macht nach einer Weile oder zu einem Zeitpunkt weiter.',
      'parameters.mode.title': 'Warten',
      'parameters.mode.options.for': 'Eine Zeit lang',
      'parameters.mode.options.until': 'Bis zu einem Zeitpunkt',
      'parameters.amount.title': 'Dauer',
      'parameters.unit.title': 'Einheit',
      'parameters.unit.options.seconds': 'Sekunden',
      'parameters.unit.options.minutes': 'Minuten',
      'parameters.unit.options.hours': 'Stunden',
      'parameters.unit.options.days': 'Tage',
      'parameters.until.title': 'Zeitpunkt',
      'parameters.until.description': 'Datum und Uhrzeit, etwa 2027-01-31T09:00:00Z.',
    },
  },
};
