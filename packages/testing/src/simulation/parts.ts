import type { JsonObject } from '@millwright/core';
import type { SeededRandom } from './random.ts';

/** Parameters that the generator writes, all of which the model can read without an interpreter. */
export const EXPRESSIONS = {
  /** The item's number, 0 where it has none. */
  number: '{{ $json.n ?? 0 }}',
  /** The same, an error where it has none. */
  strictNumber: '{{ $json.n }}',
  /** The remainder of its number by two. */
  parity: '{{ ($json.n ?? 0) % 2 }}',
  /** The trigger's item that it comes from; an error where that cannot be told. */
  origin: "{{ $('t').item.json.id }}",
} as const;

/** Settings that stop at failures less often than they go on, so that runs get somewhere. */
export function onErrorOf(random: SeededRandom): 'stop' | 'continue' | 'branch' {
  return random.weighted({ stop: 6, continue: 2, branch: 2 });
}

/** A policy without chance in it: what is retried when follows from the document. */
export function retryOf(random: SeededRandom): JsonObject {
  const initialMs = random.pick([0, 0, 500, 5_000]);
  return {
    maxAttempts: 1 + random.int(3),
    initialMs,
    backoff: 1 + random.int(2),
    maxMs: 60_000,
    jitter: 0,
    on: random.pick([['transient'], ['transient'], ['transient', 'permanent']]),
  };
}

/** One condition on an item's number. */
export function conditionsOf(random: SeededRandom): JsonObject {
  const one = (): JsonObject => {
    const left = random.weighted({ number: 8, strictNumber: 1, parity: 4 });
    const operator =
      left === 'parity' ? 'equals' : random.pick(['greater', 'greaterOrEqual', 'less', 'lessOrEqual', 'equals', 'notEquals']);
    return { left: EXPRESSIONS[left], operator, right: left === 'parity' ? random.int(2) : random.int(5) - 1 };
  };
  return {
    conditions: Array.from({ length: random.chance(0.2) ? 2 : 1 }, one),
    combine: random.pick(['and', 'or']),
  };
}

/** A merge with so many inputs. */
export function mergeOf(random: SeededRandom, inputs: number): JsonObject {
  const mode = random.weighted({ append: 5, position: 3, key: 3, combinations: 1, choose: 2 });
  const clash = random.pick(['last', 'first', 'suffix']);
  switch (mode) {
    case 'append':
      return { mode, inputs };
    case 'position':
      return { mode, inputs, clash, unpaired: random.chance(0.5) };
    case 'key':
      return {
        mode,
        inputs: 2,
        clash,
        join: random.pick(['inner', 'left', 'right', 'full', 'anti']),
        keys: [{ left: 'k', right: random.chance(0.8) ? 'k' : 'n' }],
      };
    case 'combinations':
      return { mode, inputs: 2, clash };
    case 'choose':
      return { mode, inputs, choose: 1 + random.int(inputs) };
  }
}

/** A switch of so many cases; its outputs. */
export function switchOf(random: SeededRandom): { readonly parameters: JsonObject; readonly outputs: readonly string[] } {
  const ids = ['a', 'b', 'c'].slice(0, 1 + random.int(3));
  const fallback = random.chance(0.5) ? 'output' : 'none';
  return {
    parameters: { cases: ids.map((id) => ({ id, ...conditionsOf(random) })), all: random.chance(0.3), fallback },
    outputs: [...ids, ...(fallback === 'output' ? ['fallback'] : [])],
  };
}
