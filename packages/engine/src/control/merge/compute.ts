import { UserError, type JsonObject } from '@millwright/core';
import type { ControlCompute } from '../compute.ts';
import type { Given, ListsCall, ListsEnd } from '../lists.ts';
import { wholeNumber } from '../whole-number.ts';
import { PAUSE_EVERY, refuseTooMany } from './bounds.ts';
import { joinRows, keyPairs, type Join } from './join.ts';
import { givenBy, type Clash, type Input, type Row } from './rows.ts';

/** Merge: brings the lists of its inputs together in one of five ways. */
export const mergeCompute: ControlCompute = {
  kind: 'lists',
  run: function* (call) {
    const parameters = call.parameters();
    const mode = parameters['mode'] ?? 'append';
    switch (mode) {
      case 'append':
        return { outputs: { main: call.ports.map((of) => ({ of })) } };
      case 'choose':
        return { outputs: { main: [{ of: `in${wholeNumber(parameters, 'choose', { min: 1, max: 10, otherwise: 1 })}` }] } };
      case 'position':
        return yield* give(call, parameters, byPosition(inputsOf(call), parameters['unpaired'] === true));
      case 'key':
        return yield* give(call, parameters, joinRows(inputsOf(call), keyPairs(parameters), joinOf(parameters)));
      case 'combinations':
        return yield* give(call, parameters, allCombinations(inputsOf(call)));
      default:
        throw invalid('mode', 'there is no such way to merge');
    }
  },
};

/** Wired inputs in their order, those with nothing included. */
function inputsOf({ ports, lists }: ListsCall): readonly Input[] {
  return ports.map((port) => ({ port, number: Number(port.slice('in'.length)), items: lists[port] ?? [] }));
}

type Rows = Generator<undefined, readonly Row[], void>;

function* give(call: ListsCall, parameters: JsonObject, rows: Rows): Generator<Given | undefined, ListsEnd, void> {
  const inputs = inputsOf(call);
  const clash = clashOf(parameters);
  for (const row of yield* rows) yield givenBy(inputs, row, clash);
  return {};
}

/** The first item of each input, then the second, …: to the end of the shortest, or of the longest. */
function* byPosition(inputs: readonly Input[], isUnpairedKept: boolean): Rows {
  const lengths = inputs.map(({ items }) => items.length);
  const count = inputs.length === 0 ? 0 : isUnpairedKept ? Math.max(...lengths) : Math.min(...lengths);
  yield undefined;
  return Array.from({ length: count }, (_, position) => lengths.map((length) => (position < length ? position : undefined)));
}

function* allCombinations(inputs: readonly Input[]): Rows {
  let rows: Row[] = [[]];
  for (const { items } of inputs) {
    refuseTooMany(rows.length * items.length, inputs);
    const next: Row[] = [];
    for (const [number, row] of rows.entries()) {
      for (const position of items.keys()) next.push([...row, position]);
      if (number % PAUSE_EVERY === 0) yield undefined;
    }
    rows = next;
  }
  return inputs.length === 0 ? [] : rows;
}

function joinOf({ join = 'inner' }: JsonObject): Join {
  if (join === 'inner' || join === 'left' || join === 'right' || join === 'full' || join === 'anti') return join;
  throw invalid('join', 'there is no such choice of what to keep');
}

function clashOf({ clash = 'last' }: JsonObject): Clash {
  if (clash === 'last' || clash === 'first' || clash === 'suffix') return clash;
  throw invalid('clash', 'there is no such rule for fields of the same name');
}

function invalid(field: string, message: string): UserError {
  return new UserError('invalid', { code: 'parameter_invalid', message, hint: 'Choose a value from the list.', details: { field } });
}
