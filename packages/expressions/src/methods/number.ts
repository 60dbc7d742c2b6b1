import { typeError } from '../errors.ts';
import { partOf } from '../parts/parts.ts';
import { dateCost } from './costs.ts';
import { formatterCost, localeNumber } from '../runtime/locale-text.ts';
import { localeNamed } from '../runtime/locales.ts';
import type { Run } from '../runtime/run.ts';
import type { Args, MethodTable } from './spec.ts';

/** What a number can do. */
export const numberMethods: MethodTable<number> = {
  toFixed: {
    signature: '(digits)',
    doc: 'As text with a fixed number of decimals',
    example: '(3.14159).toFixed(2)',
    perform: (self, args) => self.toFixed(args.number(0, 0)),
  },
  toPrecision: {
    signature: '(digits)',
    doc: 'As text with a number of significant digits',
    example: '(3.14159).toPrecision(3)',
    perform: (self, args) => self.toPrecision(args.optionalNumber(0)),
  },
  toString: {
    signature: '(base?)',
    doc: 'As text',
    example: '(255).toString(16)',
    perform: (self: number, args: Args) => self.toString(args.optionalNumber(0)),
  },
  toLocaleString: {
    signature: "(locale = 'en-US', options?)",
    doc: 'As text the way people write it',
    example: '(1234.5).toLocaleString()',
    perform: (self: number, args: Args, run: Run) => localeNumber(self, args, run),
  },
  round: {
    signature: '(digits = 0)',
    doc: 'Rounded',
    example: '(2.345).round(2)',
    perform: (self, args) => rounded(Math.round, self, args),
  },
  floor: {
    signature: '(digits = 0)',
    doc: 'Rounded down',
    example: '(2.7).floor()',
    perform: (self, args) => rounded(Math.floor, self, args),
  },
  ceil: { signature: '(digits = 0)', doc: 'Rounded up', example: '(2.1).ceil()', perform: (self, args) => rounded(Math.ceil, self, args) },
  abs: { signature: '()', doc: 'Without its sign', example: '(-2).abs()', perform: (self) => Math.abs(self) },
  format: {
    signature: "(decimals?, locale = 'en-US') or (locale, options)",
    doc: 'As text with thousands separators',
    example: '(1234.5).format(2)',
    perform: format,
  },
  isEven: { signature: '()', doc: 'Whether it is even', example: '(4).isEven()', perform: (self) => self % 2 === 0 },
  isOdd: { signature: '()', doc: 'Whether it is odd', example: '(3).isOdd()', perform: (self) => Math.abs(self % 2) === 1 },
  isInteger: { signature: '()', doc: 'Whether it is whole', example: '(3).isInteger()', perform: (self) => Number.isInteger(self) },
  toFloat: { signature: '()', doc: 'The number itself', example: '(3).toFloat()', perform: (self) => self },
  toNumber: { signature: '()', doc: 'The number itself', example: '(3).toNumber()', perform: (self) => self },
  toInt: { signature: '()', doc: 'Without its decimals', example: '(3.9).toInt()', perform: (self) => Math.trunc(self) },
  toBoolean: {
    signature: '()',
    doc: 'false for 0, otherwise true',
    example: '(1).toBoolean()',
    perform: (self) => self !== 0 && !Number.isNaN(self),
  },
  toDateTime: {
    signature: "(unit = 'ms')",
    doc: "As a date, from 'ms' or 's' since 1970",
    example: "(1700000000).toDateTime('s')",
    perform: (self, args, run) => {
      run.spend(dateCost);
      const { fromMillis, valid } = partOf('dates');
      return valid(fromMillis(args.text(0, 'ms') === 's' ? self * 1000 : self, run.scope.timezone));
    },
  },
  toJsonString: { signature: '()', doc: 'As JSON text', example: '(3).toJsonString()', perform: (self) => JSON.stringify(self) },
  isEmpty: { signature: '()', doc: 'Always false: a number is something', example: '(0).isEmpty()', perform: () => false },
  isNotEmpty: { signature: '()', doc: 'Always true: a number is something', example: '(0).isNotEmpty()', perform: () => true },
};

/** Shifts by the decimal exponent, so that 1.005 rounds as people expect. */
function rounded(round: (value: number) => number, self: number, args: Args): number {
  const digits = args.number(0, 0);
  if (!Number.isInteger(digits) || Math.abs(digits) > 100)
    throw typeError(`${digits} digits`, 'The number of digits is a whole number from -100 to 100.');
  if (digits === 0 || !Number.isFinite(self) || String(self).includes('e')) return digits === 0 ? round(self) : self;
  const shifted = round(Number(`${self}e${digits}`));
  return String(shifted).includes('e') ? self : Number(`${shifted}e${-digits}`);
}

function format(self: number, args: Args, run: Run): string {
  if (typeof args.value(0) === 'string' && Number.isNaN(Number(args.value(0)))) return localeNumber(self, args, run);
  run.spend(formatterCost);
  const decimals = args.optionalNumber(0);
  const digits = decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return self.toLocaleString(localeNamed(args.text(1, 'en-US')), digits);
}
