import { rootFunctions } from '../../roots/functions.ts';
import { chanceOf } from '../chance.ts';
import { arrayFunctions, jsonFunctions, objectFunctions } from './data.ts';
import { partOf } from '../../parts/parts.ts';
import { dateFunctions } from './native-date.ts';
import { moreMathFunctions, moreFunctions, stringFunctions } from './more.ts';
import { type Args, type Method, type MethodTable, tableOf } from '../spec.ts';
import { toText } from '../../runtime/text.ts';
import type { Run } from '../../runtime/run.ts';

/** A set of functions under a name, such as `Math`. */
interface Namespace {
  readonly functions: ReadonlyMap<string, Method<undefined>>;
  readonly constants: ReadonlyMap<string, number>;
}

type Functions = MethodTable<undefined>;

const mathFunctions: Functions = {
  round: { signature: '(number)', doc: 'Rounded', example: 'Math.round(2.5)', perform: (_self, args) => Math.round(args.coerced(0)) },
  floor: { signature: '(number)', doc: 'Rounded down', example: 'Math.floor(2.7)', perform: (_self, args) => Math.floor(args.coerced(0)) },
  ceil: { signature: '(number)', doc: 'Rounded up', example: 'Math.ceil(2.1)', perform: (_self, args) => Math.ceil(args.coerced(0)) },
  trunc: {
    signature: '(number)',
    doc: 'Without decimals',
    example: 'Math.trunc(-2.7)',
    perform: (_self, args) => Math.trunc(args.coerced(0)),
  },
  abs: { signature: '(number)', doc: 'Without its sign', example: 'Math.abs(-2)', perform: (_self, args) => Math.abs(args.coerced(0)) },
  sign: { signature: '(number)', doc: '-1, 0 or 1', example: 'Math.sign(-2)', perform: (_self, args) => Math.sign(args.coerced(0)) },
  sqrt: { signature: '(number)', doc: 'Square root', example: 'Math.sqrt(9)', perform: (_self, args) => Math.sqrt(args.coerced(0)) },
  pow: {
    signature: '(base, exponent)',
    doc: 'Power',
    example: 'Math.pow(2, 3)',
    perform: (_self, args) => args.coerced(0) ** args.coerced(1),
  },
  log: { signature: '(number)', doc: 'Natural logarithm', example: 'Math.log(1)', perform: (_self, args) => Math.log(args.coerced(0)) },
  log10: {
    signature: '(number)',
    doc: 'Logarithm to base 10',
    example: 'Math.log10(100)',
    perform: (_self, args) => Math.log10(args.coerced(0)),
  },
  log2: {
    signature: '(number)',
    doc: 'Logarithm to base 2',
    example: 'Math.log2(8)',
    perform: (_self, args) => Math.log2(args.coerced(0)),
  },
  max: {
    signature: '(...numbers)',
    doc: 'The largest',
    example: 'Math.max(1, 2)',
    perform: (_self, args, run) => numbers(args, run).reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY),
  },
  min: {
    signature: '(...numbers)',
    doc: 'The smallest',
    example: 'Math.min(1, 2)',
    perform: (_self, args, run) => numbers(args, run).reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY),
  },
  random: {
    signature: '()',
    doc: 'A number from 0 up to 1, where chance is allowed',
    example: 'typeof Math.random',
    perform: (_self, _args, run) => chanceOf(run),
  },
};

const numberFunctions: Functions = {
  isInteger: {
    signature: '(value)',
    doc: 'Whether it is a whole number',
    example: 'Number.isInteger(2)',
    perform: (_self, args) => Number.isInteger(args.value(0)),
  },
  isFinite: {
    signature: '(value)',
    doc: 'Whether it is a finite number',
    example: 'Number.isFinite(2)',
    perform: (_self, args) => Number.isFinite(args.value(0)),
  },
  isNaN: {
    signature: '(value)',
    doc: 'Whether it is NaN',
    example: 'Number.isNaN(2)',
    perform: (_self, args) => Number.isNaN(args.value(0)),
  },
  parseFloat: {
    signature: '(text)',
    doc: 'The number that a text starts with',
    example: "Number.parseFloat('2.5px')",
    perform: (_self, args, run) => Number.parseFloat(text(args, run)),
  },
  parseInt: {
    signature: '(text, base?)',
    doc: 'The whole number that a text starts with',
    example: "Number.parseInt('25px')",
    perform: (_self, args, run) => Number.parseInt(text(args, run), args.optionalNumber(1)),
  },
};

/** Functions without anything before them. */
export const functions: ReadonlyMap<string, Method<undefined>> = new Map<string, Method<undefined>>(
  Object.entries<Method<undefined>>({
    ...rootFunctions,
    ...moreFunctions,
    Number: {
      signature: '(value)',
      doc: 'As a number',
      example: "Number('2')",
      perform: (_self, args) => (args.values.length === 0 ? 0 : args.coerced(0)),
    },
    String: {
      signature: '(value)',
      doc: 'As text',
      example: 'String(2)',
      perform: (_self, args, run) => (args.values.length === 0 ? '' : toText(args.value(0), run)),
    },
    Boolean: { signature: '(value)', doc: 'As true or false', example: "Boolean('a')", perform: (_self, args) => Boolean(args.value(0)) },
    parseInt: {
      signature: '(text, base?)',
      doc: 'The whole number that a text starts with',
      example: "parseInt('25px')",
      perform: (_self, args, run) => Number.parseInt(text(args, run), args.optionalNumber(1)),
    },
    parseFloat: {
      signature: '(text)',
      doc: 'The number that a text starts with',
      example: "parseFloat('2.5px')",
      perform: (_self, args, run) => Number.parseFloat(text(args, run)),
    },
    isNaN: {
      signature: '(value)',
      doc: 'Whether it is no number',
      example: "isNaN('a')",
      perform: (_self, args) => Number.isNaN(args.coerced(0)),
    },
    isFinite: {
      signature: '(value)',
      doc: 'Whether it is a finite number',
      example: 'isFinite(2)',
      perform: (_self, args) => Number.isFinite(args.coerced(0)),
    },
    encodeURIComponent: {
      signature: '(text)',
      doc: 'Safe within a web address',
      example: "encodeURIComponent('a b')",
      perform: (_self, args, run) => run.text(encodeURIComponent(text(args, run))),
    },
    decodeURIComponent: {
      signature: '(text)',
      doc: 'Back from its form in a web address',
      example: "decodeURIComponent('a%20b')",
      perform: (_self, args, run) => decodeURIComponent(text(args, run)),
    },
    encodeURI: {
      signature: '(text)',
      doc: 'A whole web address made safe',
      example: "encodeURI('https://b.io/a b')",
      perform: (_self, args, run) => run.text(encodeURI(text(args, run))),
    },
    decodeURI: {
      signature: '(text)',
      doc: 'A web address back from its safe form',
      example: "decodeURI('https://b.io/a%20b')",
      perform: (_self, args, run) => decodeURI(text(args, run)),
    },
  }),
);

/** Functions that have a name before the dot. */
export const namespaces: ReadonlyMap<string, Namespace> = new Map([
  [
    'Math',
    {
      functions: tableOf({ ...mathFunctions, ...moreMathFunctions }),
      constants: new Map([
        ['PI', Math.PI],
        ['E', Math.E],
      ]),
    },
  ],
  [
    'Number',
    {
      functions: tableOf(numberFunctions),
      constants: new Map([
        ['MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER],
        ['MIN_SAFE_INTEGER', Number.MIN_SAFE_INTEGER],
        ['EPSILON', Number.EPSILON],
        ['MAX_VALUE', Number.MAX_VALUE],
        ['MIN_VALUE', Number.MIN_VALUE],
      ]),
    },
  ],
  ['JSON', { functions: tableOf(jsonFunctions), constants: new Map() }],
  ['Object', { functions: tableOf(objectFunctions), constants: new Map() }],
  ['Array', { functions: tableOf(arrayFunctions), constants: new Map() }],
  ['Date', { functions: tableOf(dateFunctions), constants: new Map() }],
  ['DateTime', ofDates('dateTimeFunctions')],
  ['Duration', ofDates('durationFunctions')],
  ['String', { functions: tableOf(stringFunctions), constants: new Map() }],
]);

/** Names with a fixed value. */
export const constants: ReadonlyMap<string, undefined | number> = new Map([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
]);

/** A set of functions that is there with the part of dates. */
function ofDates(table: 'dateTimeFunctions' | 'durationFunctions'): Namespace {
  return {
    get functions() {
      return partOf('dates')[table];
    },
    constants: new Map(),
  };
}

function numbers(args: Args, run: Run): readonly number[] {
  run.spend(args.values.length);
  return args.values.map((_, index) => args.coerced(index));
}

function text(args: Args, run: Run): string {
  return toText(args.value(0), run);
}
