import type { JsonObject, JsonValue } from '@millwright/core';
import { EXPRESSIONS } from '../simulation/parts.ts';
import { objectOf, type ModelItem } from './items.ts';

/** What fails an item, by its code. */
export class Failure extends Error {}

/** Whether the conditions of a node or a case hold for an item. */
export function holds({ conditions, combine }: JsonObject, item: ModelItem): boolean {
  const list = (conditions as readonly JsonObject[]).map(({ left, operator, right }) =>
    compare(Number(valueOf(left ?? '', item, [])), typeof operator === 'string' ? operator : '', Number(right)),
  );
  return combine === 'or' ? list.includes(true) : !list.includes(false);
}

function compare(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case 'greater':
      return left > right;
    case 'greaterOrEqual':
      return left >= right;
    case 'less':
      return left < right;
    case 'lessOrEqual':
      return left <= right;
    case 'notEquals':
      return left !== right;
    default:
      return left === right;
  }
}

/** The value of one of the expressions that the generator writes. */
export function valueOf(expression: JsonValue, { json, origins }: ModelItem, trigger: readonly JsonValue[]): JsonValue {
  switch (expression) {
    case EXPRESSIONS.number:
      return objectOf(json)['n'] ?? 0;
    case EXPRESSIONS.parity:
      return Number(objectOf(json)['n'] ?? 0) % 2;
    case EXPRESSIONS.strictNumber:
      return fieldOf(json, 'n');
    case EXPRESSIONS.origin: {
      const only = trigger.length === 1 ? 0 : origins?.length === 1 ? origins[0] : undefined;
      if (only === undefined) throw new Failure('expression_lineage');
      return fieldOf(trigger[only] ?? {}, 'id');
    }
    default:
      throw new Error(`the model cannot read ${JSON.stringify(expression)}`);
  }
}

function fieldOf(json: JsonValue, name: string): JsonValue {
  const value = objectOf(json)[name];
  if (value === undefined) throw new Failure('expression_missing_key');
  return value;
}
