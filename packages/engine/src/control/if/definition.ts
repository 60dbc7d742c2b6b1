import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';
import { OPERATOR_NAMES } from './operators.ts';

const OPERATORS: Readonly<Record<(typeof OPERATOR_NAMES)[number], readonly [english: string, german: string]>> = {
  equals: ['is equal to', 'ist gleich'],
  notEquals: ['is not equal to', 'ist nicht gleich'],
  contains: ['contains', 'enthält'],
  notContains: ['does not contain', 'enthält nicht'],
  startsWith: ['starts with', 'beginnt mit'],
  endsWith: ['ends with', 'endet mit'],
  greater: ['is greater than', 'ist größer als'],
  greaterOrEqual: ['is at least', 'ist mindestens'],
  less: ['is less than', 'ist kleiner als'],
  lessOrEqual: ['is at most', 'ist höchstens'],
  isEmpty: ['is empty', 'ist leer'],
  isNotEmpty: ['is not empty', 'ist nicht leer'],
  isTrue: ['is true', 'ist wahr'],
  isFalse: ['is false', 'ist falsch'],
};

const english = Object.fromEntries(OPERATOR_NAMES.map((name) => [name, OPERATORS[name][0]]));
const german = Object.fromEntries(OPERATOR_NAMES.map((name) => [`parameters.conditions.operator.options.${name}`, OPERATORS[name][1]]));

const condition = z.strictObject({
  left: z.json().default('').meta({ title: 'Value' }),
  operator: z
    .enum(OPERATOR_NAMES)
    .default('equals')
    .meta({ title: 'Comparison', field: { control: 'options', options: english, expression: false } }),
  right: z.json().default('').meta({ title: 'Compare with' }),
});

const parameters = z.strictObject({
  conditions: z
    .array(condition)
    .min(1)
    .max(100)
    .meta({ title: 'Conditions', description: 'Checked for each item.', field: { control: 'conditions' } }),
  combine: z
    .enum(['and', 'or'])
    .default('and')
    .meta({ title: 'Combine', field: { control: 'options', options: { and: 'All must hold', or: 'Any may hold' }, expression: false } }),
});

/** `core.if`: sends each item to one of two outputs. */
export const ifDefinition: NodeTypeInfo = {
  type: 'core.if',
  version: 1,
  kind: 'control',
  title: 'If',
  description: 'Sends each item one way or the other.',
  category: 'logic',
  aliases: ['condition', 'branch', 'filter', 'switch', 'route', 'wenn', 'bedingung', 'verzweigung', 'filter'],
  icon: 'split',
  effect: 'pure',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [
    { name: 'true', title: 'True' },
    { name: 'false', title: 'False' },
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
      title: 'Wenn',
      description: 'Schickt jedes Element in die eine oder die andere Richtung.',
      'parameters.conditions.title': 'Bedingungen',
      'parameters.conditions.description': 'Wird für jedes Element geprüft.',
      'parameters.conditions.left.title': 'Wert',
      'parameters.conditions.operator.title': 'Vergleich',
      'parameters.conditions.right.title': 'Vergleichen mit',
      'parameters.combine.title': 'Verknüpfung',
      'parameters.combine.options.and': 'Alle müssen zutreffen',
      'parameters.combine.options.or': 'Eine muss zutreffen',
      'outputs.true': 'Ja',
      'outputs.false': 'Nein',
      ...german,
    },
  },
};
