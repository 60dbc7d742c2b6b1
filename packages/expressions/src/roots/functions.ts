import { ExpressionError, typeError } from '../errors.ts';
import type { Args, MethodTable } from '../methods/spec.ts';
import { partOf } from '../parts/parts.ts';
import type { Run } from '../runtime/run.ts';
import { toNumber } from '../runtime/text.ts';
import type { Value } from '../runtime/value.ts';
import { isBlank } from '../methods/object.ts';

/** Functions whose name starts with `$`. */
export const rootFunctions: MethodTable<undefined> = {
  $if: {
    signature: '(condition, then, otherwise?)',
    doc: 'One of two values',
    example: "$if(1 < 2, 'yes', 'no')",
    perform: (_self, args) => (args.value(0) ? args.value(1) : args.value(2)),
  },
  $ifEmpty: {
    signature: '(value, otherwise)',
    doc: 'The value, or another one when it is empty',
    example: "$ifEmpty('', 'none')",
    perform: (_self, args) => (isBlank(args.value(0)) ? args.value(1) : args.value(0)),
  },
  $not: { signature: '(value)', doc: 'The opposite', example: '$not(false)', perform: (_self, args) => !args.value(0) },
  $min: {
    signature: '(...numbers)',
    doc: 'The smallest',
    example: '$min(1, 2)',
    perform: (_self, args, run) => numbers(args, run).reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY),
  },
  $max: {
    signature: '(...numbers)',
    doc: 'The largest',
    example: '$max(1, 2)',
    perform: (_self, args, run) => numbers(args, run).reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY),
  },
  $average: {
    signature: '(...numbers)',
    doc: 'The mean',
    example: '$average(1, 3)',
    perform: (_self, args, run) => numbers(args, run).reduce((total, one) => total + one, 0) / args.values.length,
  },
  $jmespath: {
    signature: '(data, query)',
    doc: 'What a JMESPath query finds',
    example: "$jmespath({ a: [1] }, 'a[0]')",
    perform: jmespath,
  },
  $jmesPath: {
    signature: '(data, query)',
    doc: 'What a JMESPath query finds',
    example: "$jmesPath({ a: [1] }, 'a[0]')",
    perform: jmespath,
  },
  $fromAI: {
    signature: "(name, description?, type = 'string', default?)",
    doc: 'What an agent chose when it called this step',
    example: "$fromAI('city', 'Where?', 'string', 'Bonn')",
    perform: fromAi,
  },
  $fromAi: {
    signature: "(name, description?, type = 'string', default?)",
    doc: 'What an agent chose when it called this step',
    example: "$fromAi('city', 'Where?', 'string', 'Bonn')",
    perform: fromAi,
  },
  $fromai: {
    signature: "(name, description?, type = 'string', default?)",
    doc: 'What an agent chose when it called this step',
    example: "$fromai('city', 'Where?', 'string', 'Bonn')",
    perform: fromAi,
  },
};

function numbers(args: Args, run: Run): readonly number[] {
  run.spend(args.values.length);
  return args.values.map((one) => toNumber(one));
}

function jmespath(_self: undefined, args: Args, run: Run): Value {
  const query = args.text(1);
  if (query.length > 2000) throw typeError('JMESPath query too long', 'A JMESPath query can have up to 2000 characters.');
  run.spend(100 + query.length * 10);
  return partOf('queries')(query, args.value(0), run);
}

function fromAi(_self: undefined, args: Args, run: Run): Value {
  const name = args.text(0);
  const { fromAi: chosen } = run.scope;
  if (chosen !== undefined && Object.hasOwn(chosen, name)) return chosen[name];
  if (args.has(3)) return args.value(3);
  throw new ExpressionError({
    code: 'expression_missing_key',
    message: `$fromAI: nothing chosen for ${name.slice(0, 60)}`,
    hint: `The value \`${name.slice(0, 60)}\` is chosen by an agent when it calls this step. Without one, give a default as the fourth argument.`,
    missingKey: name.slice(0, 60),
    isFinal: true,
  });
}
