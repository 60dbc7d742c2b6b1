import { isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import type { ControlCompute } from '../compute.ts';
import { operators } from './operators.ts';

/** If: `true` when all (`and`) or any (`or`) of the conditions hold. Without conditions: `true`. */
export const ifCompute: ControlCompute = {
  kind: 'route',
  route: (parameters) => {
    const listed = parameters['conditions'];
    const conditions: readonly JsonValue[] = Array.isArray(listed) ? listed : [];
    const isAny = parameters['combine'] === 'or' && conditions.length > 0;
    const holdsAt = (condition: JsonValue, index: number): boolean => holds(isJsonObject(condition) ? condition : {}, index);
    return (isAny ? conditions.some(holdsAt) : conditions.every(holdsAt)) ? 'true' : 'false';
  },
};

function holds(condition: JsonObject, index: number): boolean {
  const name = condition['operator'] ?? 'equals';
  const compare = typeof name === 'string' && Object.hasOwn(operators, name) ? operators[name as keyof typeof operators] : undefined;
  if (compare !== undefined) return compare(condition['left'] ?? null, condition['right'] ?? null);
  throw new UserError('invalid', {
    code: 'operator_unknown',
    message: `there is no operator ${JSON.stringify(name)}`,
    hint: 'Choose an operator from the list.',
    details: { field: `conditions[${index}].operator` },
  });
}
