import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { isExpression, prepareParameters, type PreparedParameters } from '@millwright/expressions';
import type { PlanNodeConfig } from '@millwright/workflow';
import { programData, readNodes } from '../programs/program-data.ts';
import { scopesOf, type ItemScopes, type ScopeSource } from './scope.ts';

/** Whether a node runs once for its whole list. */
export function isWhole(config: PlanNodeConfig): boolean {
  return config.once?.includes('*') === true;
}

/** The parameters of one activation, item by item. */
export class Parameters {
  readonly #source: ScopeSource;
  readonly #sorted: Sorted;
  #scopes: ItemScopes | undefined;
  #once: JsonObject | undefined;

  constructor(config: PlanNodeConfig, source: ScopeSource) {
    this.#source = source;
    this.#sorted = sortedOf(config);
  }

  /**
   * The values for one item.
   * @throws ExpressionError naming the field and the item
   */
  at(itemIndex: number): JsonObject {
    const { fixed, once, perItem } = this.#sorted;
    this.#scopes ??= scopesOf(this.#source);
    this.#once ??= once === null ? fixed : { ...fixed, ...objectOf(once.evaluate(this.#scopes(0))) };
    return perItem === null ? this.#once : { ...this.#once, ...objectOf(perItem.evaluate(this.#scopes(itemIndex))) };
  }

  /** What a program can reach beside its items. @param itemIndex −1: it runs over the whole list */
  program(itemIndex: number): JsonObject {
    return programData(this.#source, this.#text(), itemIndex);
  }

  /** The part of it that other nodes gave. */
  programNodes(itemIndex: number): JsonObject {
    return readNodes(this.#source, this.#text(), itemIndex);
  }

  /** What is not evaluated, programs among it. */
  #text(): string {
    return Object.values(this.#sorted.fixed)
      .filter((value) => typeof value === 'string')
      .join('\n');
  }
}

/** Parameters by when they are evaluated; null where there are none. */
interface Sorted {
  readonly fixed: JsonObject;
  readonly once: PreparedParameters | null;
  readonly perItem: PreparedParameters | null;
  readonly mentionsPrevious: boolean;
}

/** `$prevNode`, `$input.params`, `$input.context`, and what programs in Python call them. Errs towards yes. */
const PREVIOUS = /prevNode|input\s*\??\.\s*(?:params|context)\b/;

/** Whether expressions or a program may ask for the node that the items came from. */
export function mentionsPrevious(config: PlanNodeConfig): boolean {
  return sortedOf(config).mentionsPrevious;
}

/** Configurations never change, and the adapter that reads them keeps them. */
const sorted = new WeakMap<PlanNodeConfig, Sorted>();

function sortedOf(config: PlanNodeConfig): Sorted {
  const known = sorted.get(config);
  if (known !== undefined) return known;
  const { raw = [], once = [] } = config;
  const perItem: Record<string, JsonValue> = {};
  const fixed: Record<string, JsonValue> = {};
  const single: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(config.parameters)) {
    if (raw.includes(name) || !holdsExpression(value)) fixed[name] = value;
    else if (once.includes(name)) single[name] = value;
    else perItem[name] = value;
  }
  const { expressions: profile } = config;
  const prepared = { once: preparedOf(single, profile), perItem: preparedOf(perItem, profile) };
  const made = { fixed, ...prepared, mentionsPrevious: PREVIOUS.test(JSON.stringify(config.parameters)) };
  sorted.set(config, made);
  return made;
}

function preparedOf(parameters: JsonObject, profile: PlanNodeConfig['expressions']): PreparedParameters | null {
  return Object.keys(parameters).length === 0 ? null : prepareParameters(parameters, { profile });
}

function holdsExpression(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return isExpression(value);
  return Object.values(value).some(holdsExpression);
}

function objectOf(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {};
}
