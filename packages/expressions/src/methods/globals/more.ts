import { Pattern } from '../../runtime/pattern.ts';
import { toNumber, toText } from '../../runtime/text.ts';
import { isPlain } from '../../runtime/value.ts';
import type { MethodTable } from '../spec.ts';

type Functions = MethodTable<undefined>;

/** Further functions of `Math`. */
export const moreMathFunctions: Functions = Object.fromEntries(
  (
    [
      ['cbrt', 'Cube root', Math.cbrt],
      ['exp', 'Power of e', Math.exp],
      ['log1p', 'Natural logarithm of the number plus 1', Math.log1p],
      ['expm1', 'Power of e, minus 1', Math.expm1],
      ['sin', 'Sine, in radians', Math.sin],
      ['cos', 'Cosine, in radians', Math.cos],
      ['tan', 'Tangent, in radians', Math.tan],
      ['asin', 'Arc sine', Math.asin],
      ['acos', 'Arc cosine', Math.acos],
      ['atan', 'Arc tangent', Math.atan],
      ['fround', 'Rounded to 32 bits', Math.fround],
    ] as const
  ).map(([name, doc, of]) => [
    name,
    { signature: '(number)', doc, example: `Math.${name}(0.5)`, perform: (_self, args) => of(args.coerced(0)) } satisfies Functions[string],
  ]),
);

/** `String` */
export const stringFunctions: Functions = {
  fromCharCode: {
    signature: '(...numbers)',
    doc: 'The characters with these numbers',
    example: 'String.fromCharCode(65)',
    perform: (_self, args, run) => {
      run.chargeText(args.values.length);
      return args.values.map((one) => String.fromCharCode(toNumber(one))).join('');
    },
  },
};

/** Functions that JavaScript also calls without `new`. */
export const moreFunctions: Functions = {
  Date: {
    signature: '()',
    doc: 'Now, as ISO text',
    example: 'Date()',
    perform: (_self, _args, run) => run.now().toISO(),
  },
  Array: {
    signature: '(length) or (...values)',
    doc: 'A list of empty places, or of these values',
    example: 'Array(3).fill(0)',
    perform: (_self, args, run) => {
      const [first] = args.values;
      if (args.values.length !== 1 || typeof first !== 'number') return [...args.values];
      const length = args.number(0);
      if (!Number.isInteger(length) || length < 0) throw args.wrong(0, 'a whole number');
      run.chargeList(length);
      return Array.from({ length }, () => undefined);
    },
  },
  Object: {
    signature: '(value?)',
    doc: 'The value, or an empty object',
    example: 'Object()',
    perform: (_self, args) => (isPlain(args.value(0)) ? args.value(0) : (args.value(0) ?? {})),
  },
  RegExp: {
    signature: '(source, flags?)',
    doc: 'A regular expression from text',
    example: "RegExp('a+', 'g').test('aa')",
    perform: (_self, args, run) => {
      // Compiling a pattern costs about what matching a long text does.
      run.spend(5000);
      const source = args.value(0);
      return new Pattern(
        source instanceof Pattern ? source.source : args.text(0),
        args.text(1, source instanceof Pattern ? source.flags : ''),
      );
    },
  },
  Error: {
    signature: '(text)',
    doc: 'An error to throw',
    example: "Error('no').message",
    perform: (_self, args, run) => ({ name: 'Error', message: args.has(0) ? toText(args.value(0), run) : '' }),
  },
};
