import { isJsonObject, unreachable, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import { operators } from './operators.ts';

/** Conditions as the form has them. */
export interface Conditions {
  readonly conditions: JsonValue | undefined;
  /** `or`: any may hold. Otherwise all must. */
  readonly combine: JsonValue | undefined;
  /** Off: values of different types are an error rather than converted. Absent: on. */
  readonly convert?: JsonValue | undefined;
  /** Path of the conditions, for errors. */
  readonly field: string;
}

/**
 * Whether all (`and`) or any (`or`) of the conditions hold. Without conditions: yes.
 * @throws UserError `operator_unknown`, `condition_type` naming the field
 */
export function conditionsHold({ conditions: listed, combine, convert, field }: Conditions): boolean {
  const conditions: readonly JsonValue[] = Array.isArray(listed) ? listed : [];
  const isAny = combine === 'or' && conditions.length > 0;
  const holdsAt = (condition: JsonValue, index: number): boolean =>
    holds(isJsonObject(condition) ? condition : {}, { field: `${field}[${index}]`, isStrict: convert === false });
  return isAny ? conditions.some(holdsAt) : conditions.every(holdsAt);
}

function holds(condition: JsonObject, { field, isStrict }: { readonly field: string; readonly isStrict: boolean }): boolean {
  const name = condition['operator'] ?? 'equals';
  const left = condition['left'] ?? null;
  const right = condition['right'] ?? null;
  if (!isOperator(name))
    throw new UserError('invalid', {
      code: 'operator_unknown',
      message: `there is no operator ${JSON.stringify(name)}`,
      hint: 'Choose an operator from the list.',
      details: { field: `${field}.operator` },
    });
  const mismatch = isStrict ? mismatchOf(name, typeOf(left), typeOf(right)) : undefined;
  if (mismatch === undefined) return operators[name](left, right);
  throw new UserError('invalid', {
    code: 'condition_type',
    message: `the comparison "${name}" ${mismatch}`,
    hint: 'Switch "Convert types" on, or convert the value in the expression, for example with .toNumber().',
    details: { field: `${field}.left` },
  });
}

function isOperator(name: JsonValue): name is keyof typeof operators {
  return typeof name === 'string' && Object.hasOwn(operators, name);
}

function typeOf(value: JsonValue): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}

/** What is wrong with these types; a missing value fits everywhere. */
function mismatchOf(name: keyof typeof operators, left: string, right: string): string | undefined {
  const expect = (isFitting: boolean, wanted: string): string | undefined =>
    isFitting || left === 'null' || right === 'null' ? undefined : `needs ${wanted}, not ${left} and ${right}`;
  switch (name) {
    case 'isEmpty':
    case 'isNotEmpty':
      return undefined;
    case 'isTrue':
    case 'isFalse':
      return left === 'boolean' || left === 'null' ? undefined : `needs a boolean, not ${left}`;
    case 'equals':
    case 'notEquals':
      return expect(left === right, 'two values of one type');
    case 'contains':
    case 'notContains':
      return expect(left === 'list' || ((left === 'string' || left === 'object') && right === 'string'), 'a list, or texts');
    case 'startsWith':
    case 'endsWith':
      return expect(left === 'string' && right === 'string', 'two texts');
    case 'greater':
    case 'greaterOrEqual':
    case 'less':
    case 'lessOrEqual':
      return expect(left === right && (left === 'number' || left === 'string'), 'two numbers or two texts');
    default:
      return unreachable(name);
  }
}
