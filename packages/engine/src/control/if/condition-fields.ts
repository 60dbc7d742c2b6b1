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

const condition = z.strictObject({
  left: z.json().default('').meta({ title: 'Value' }),
  operator: z
    .enum(OPERATOR_NAMES)
    .default('equals')
    .meta({ title: 'Comparison', field: { control: 'options', options: english, expression: false } }),
  right: z.json().default('').meta({ title: 'Compare with' }),
});

/** Conditions of a form: which, how they combine, and whether values are converted before they are compared. */
export const conditionFields = {
  conditions: z
    .array(condition)
    .min(1)
    .max(100)
    .meta({ title: 'Conditions', description: 'Checked for each item.', field: { control: 'conditions' } }),
  combine: z
    .enum(['and', 'or'])
    .default('and')
    .meta({ title: 'Combine', field: { control: 'options', options: { and: 'All must hold', or: 'Any may hold' }, expression: false } }),
};

/** Whether numbers and texts that say the same are the same. */
export const convertField = {
  convert: z
    .boolean()
    .default(true)
    .meta({
      title: 'Convert types',
      description: 'On: 5 and "5" are the same. Off: different types are an error.',
      field: { control: 'switch', expression: false },
    }),
};

/** German texts of `convertField`. */
export const convertGerman = {
  'parameters.convert.title': 'Typen umwandeln',
  'parameters.convert.description': 'An: 5 und "5" sind gleich. Aus: verschiedene Typen sind ein Fehler.',
} as const;

/**
 * German texts of `conditionFields`.
 * @param prefix path of the parameter that holds them: `parameters`, `parameters.cases`
 */
export function conditionGerman(prefix: string): Readonly<Record<string, string>> {
  const comparisons = OPERATOR_NAMES.map((name) => [`${prefix}.conditions.operator.options.${name}`, OPERATORS[name][1]]);
  return {
    [`${prefix}.conditions.title`]: 'Bedingungen',
    [`${prefix}.conditions.description`]: 'Wird für jedes Element geprüft.',
    [`${prefix}.conditions.left.title`]: 'Wert',
    [`${prefix}.conditions.operator.title`]: 'Vergleich',
    [`${prefix}.conditions.right.title`]: 'Vergleichen mit',
    [`${prefix}.combine.title`]: 'Verknüpfung',
    [`${prefix}.combine.options.and`]: 'Alle müssen zutreffen',
    [`${prefix}.combine.options.or`]: 'Eine muss zutreffen',
    ...(Object.fromEntries(comparisons) as Readonly<Record<string, string>>),
  };
}
