import type { NewExpression } from 'acorn';
import { deniedError, typeError } from '../errors.ts';
import { functions } from '../methods/globals/globals.ts';
import { dateCost } from '../methods/costs.ts';
import { Args } from '../methods/spec.ts';
import { partOf } from '../parts/parts.ts';
import { elementsOf } from '../runtime/elements.ts';
import type { Run } from '../runtime/run.ts';
import { isList, Members, MovableDate, Pairs, type Value } from '../runtime/value.ts';
import { collector } from './collections.ts';
import type { Compiler, Evaluate } from './compiler.ts';
import { failed } from './failed.ts';
import { errorValue } from './statements/try.ts';

type Make = (args: Args, run: Run) => Value;

/** What can be made with `new`. */
const makers: ReadonlyMap<string, Make> = new Map<string, Make>([
  [
    'Date',
    (args, run) => {
      run.spend(dateCost);
      return new MovableDate(partOf('dates').make(args, run));
    },
  ],
  ['RegExp', (args, run) => functions.get('RegExp')?.perform(undefined, args, run)],
  ['Set', newSet],
  ['Map', newMap],
  ['Array', (args, run) => run.own(functions.get('Array')?.perform(undefined, args, run) as readonly Value[])],
  ['Object', (_args, run) => run.own({})],
  ['Error', (args) => errorValue('Error', args.text(0, ''))],
]);

/** The names after `new`, for descriptions. */
export const newNames: readonly string[] = [...makers.keys()];

/**
 * `new Date(...)`, which gives a date of ours, `new Set(...)` and the like.
 * @throws ExpressionError `expression_denied` for every other `new`
 */
export function newClosure(compiler: Compiler, node: NewExpression): Evaluate {
  const name = node.callee.type === 'Identifier' && compiler.names.find(node.callee.name) === undefined ? node.callee.name : undefined;
  const collect = collector(compiler, node.arguments);
  const place = compiler.place(node);
  const make = name === undefined ? undefined : makers.get(name);
  if (name === undefined || make === undefined)
    throw deniedError(`new ${name?.slice(0, 60) ?? 'expression'}`, `With \`new\` you can make ${newNames.join(', ')}.`);
  return (frame) => {
    const args = new Args(`new ${name}`, collect(frame));
    try {
      return make(args, frame.run);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function newSet(args: Args, run: Run): Members {
  const made = new Members();
  const from = args.value(0);
  if (from !== undefined && from !== null) for (const value of elementsOf(from, run)) made.values.add(value);
  return made;
}

function newMap(args: Args, run: Run): Pairs {
  const made = new Pairs();
  const from = args.value(0);
  if (from === undefined || from === null) return made;
  for (const pair of elementsOf(from, run)) {
    if (!isList(pair)) throw typeError('an entry that is no pair', "`new Map` takes a list of pairs such as `['name', value]`.");
    made.values.set(pair[0], pair[1]);
  }
  return made;
}
