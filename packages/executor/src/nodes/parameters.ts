import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { evaluateParameters, isExpression } from '@millwright/expressions';
import type { PlanNodeConfig } from '@millwright/workflow';
import { scopeFor, type ScopeSource } from './scope.ts';

/** Whether a node runs once for its whole list. */
export function isWhole(config: PlanNodeConfig): boolean {
  return config.once?.includes('*') === true;
}

/** The parameters of one activation, item by item. */
export class Parameters {
  readonly #source: ScopeSource;
  readonly #perItem: JsonObject;
  readonly #single: JsonObject;
  readonly #fixed: JsonObject;
  #once: JsonObject | undefined;

  constructor(config: PlanNodeConfig, source: ScopeSource) {
    const raw = config.raw ?? [];
    const once = config.once ?? [];
    const perItem: Record<string, JsonValue> = {};
    const fixed: Record<string, JsonValue> = {};
    const single: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(config.parameters)) {
      if (raw.includes(name) || !holdsExpression(value)) fixed[name] = value;
      else if (once.includes(name)) single[name] = value;
      else perItem[name] = value;
    }
    this.#source = source;
    this.#perItem = perItem;
    this.#fixed = fixed;
    this.#single = single;
  }

  /**
   * The values for one item.
   * @throws ExpressionError naming the field and the item
   */
  at(itemIndex: number): JsonObject {
    this.#once ??= objectOf(evaluateParameters(this.#single, scopeFor(this.#source, 0)));
    return { ...this.#fixed, ...this.#once, ...objectOf(evaluateParameters(this.#perItem, scopeFor(this.#source, itemIndex))) };
  }
}

function holdsExpression(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return isExpression(value);
  return Object.values(value).some(holdsExpression);
}

function objectOf(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {};
}
