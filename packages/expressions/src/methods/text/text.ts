import { textCost } from '../costs.ts';
import type { MethodTable } from '../spec.ts';
import { toText } from '../../runtime/text.ts';

/** What a text can do to itself: case, cutting, padding. Counting is in UTF-16 units, as in JavaScript. */
export const textMethods: MethodTable<string> = {
  toUpperCase: {
    signature: '()',
    doc: 'In capitals',
    example: "'ann'.toUpperCase()",
    perform: (self, _args, run) => run.text(self.toUpperCase()),
  },
  toLowerCase: {
    signature: '()',
    doc: 'In small letters',
    example: "'ANN'.toLowerCase()",
    perform: (self, _args, run) => run.text(self.toLowerCase()),
  },
  toTitleCase: {
    signature: '()',
    doc: 'Every word with a capital',
    example: "'ann lee'.toTitleCase()",
    perform: (self, _args, run) => {
      run.spend(textCost);
      return run.text(titleCase(self));
    },
  },
  toSentenceCase: {
    signature: '()',
    doc: 'The first letter of each sentence as a capital',
    example: "'HELLO. YOU'.toSentenceCase()",
    perform: (self, _args, run) => {
      run.spend(textCost);
      return run.text(sentenceCase(self));
    },
  },
  toSnakeCase: {
    signature: '()',
    doc: 'Words joined by underscores',
    example: "'First Name'.toSnakeCase()",
    perform: (self, _args, run) => {
      run.spend(textCost);
      return run.text(words(self).join('_').toLowerCase());
    },
  },
  toKebabCase: {
    signature: '()',
    doc: 'Words joined by hyphens',
    example: "'First Name'.toKebabCase()",
    perform: (self, _args, run) => {
      run.spend(textCost);
      return run.text(words(self).join('-').toLowerCase());
    },
  },
  trim: { signature: '()', doc: 'Without white space at both ends', example: "' a '.trim()", perform: (self) => self.trim() },
  trimStart: { signature: '()', doc: 'Without white space at the start', example: "' a'.trimStart()", perform: (self) => self.trimStart() },
  trimEnd: { signature: '()', doc: 'Without white space at the end', example: "'a '.trimEnd()", perform: (self) => self.trimEnd() },
  slice: {
    signature: '(start, end?)',
    doc: 'A part; negative positions count from the end',
    example: "'invoice'.slice(0, 3)",
    perform: (self, args) => self.slice(args.number(0, 0), args.optionalNumber(1)),
  },
  substring: {
    signature: '(start, end?)',
    doc: 'The part between two positions',
    example: "'invoice'.substring(2, 4)",
    perform: (self, args) => self.substring(args.number(0, 0), args.optionalNumber(1)),
  },
  substr: {
    signature: '(start, length?)',
    doc: 'A part of a given length',
    example: "'invoice'.substr(2, 3)",
    perform: (self, args) => substr(self, args.number(0, 0), args.optionalNumber(1)),
  },
  at: {
    signature: '(index)',
    doc: 'One character; negative counts from the end',
    example: "'abc'.at(-1)",
    perform: (self, args) => self.at(args.number(0, 0)),
  },
  charAt: {
    signature: '(index)',
    doc: 'One character, or empty',
    example: "'abc'.charAt(1)",
    perform: (self, args) => self.charAt(args.number(0, 0)),
  },
  charCodeAt: {
    signature: '(index)',
    doc: 'Number of one character',
    example: "'a'.charCodeAt(0)",
    perform: (self, args) => self.charCodeAt(args.number(0, 0)),
  },
  concat: {
    signature: '(...texts)',
    doc: 'This text and others',
    example: "'a'.concat('b')",
    perform: (self, args, run) => args.values.reduce<string>((text, value) => run.text(text + toText(value, run)), self),
  },
  padStart: {
    signature: '(length, fill?)',
    doc: 'Filled at the start up to a length',
    example: "'7'.padStart(3, '0')",
    perform: (self, args, run) => {
      run.chargeText(args.number(0));
      return self.padStart(args.number(0), args.text(1, ' '));
    },
  },
  padEnd: {
    signature: '(length, fill?)',
    doc: 'Filled at the end up to a length',
    example: "'7'.padEnd(3, '.')",
    perform: (self, args, run) => {
      run.chargeText(args.number(0));
      return self.padEnd(args.number(0), args.text(1, ' '));
    },
  },
  repeat: {
    signature: '(times)',
    doc: 'Several times in a row',
    example: "'-'.repeat(3)",
    perform: (self, args, run) => {
      run.chargeText(self.length * Math.max(0, args.number(0)));
      return self.repeat(args.number(0));
    },
  },
  normalize: {
    signature: '(form?)',
    doc: 'Unicode form NFC (default), NFD, NFKC or NFKD',
    example: "'é'.normalize('NFD').length",
    perform: (self, args, run) => run.text(self.normalize(args.text(0, 'NFC'))),
  },
  replaceSpecialChars: {
    signature: '()',
    doc: 'Letters without their accents',
    example: "'Zoë'.replaceSpecialChars()",
    perform: (self, _args, run) => run.text(self.normalize('NFD').replaceAll(/\p{M}/gu, '')),
  },
  quote: {
    signature: "(mark = '\"')",
    doc: 'In quotation marks',
    example: "'a'.quote()",
    perform: (self, args, run) => run.text(args.text(0, '"') + self + args.text(0, '"')),
  },
  toString: { signature: '()', doc: 'The text itself', example: "'a'.toString()", perform: (self: string) => self },
};

function substr(self: string, start: number, length: number | undefined): string {
  const from = start < 0 ? Math.max(0, self.length + start) : start;
  return length === undefined ? self.slice(from) : self.slice(from, Math.max(from, from + length));
}

function titleCase(self: string): string {
  return self.toLowerCase().replaceAll(/(?<=^|\s)\S/gu, (letter) => letter.toUpperCase());
}

function sentenceCase(self: string): string {
  return self.toLowerCase().replaceAll(/(?<=^|[.!?]\s)\S/gu, (letter) => letter.toUpperCase());
}

function words(self: string): readonly string[] {
  return self.replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').match(/[\p{L}\p{N}]+/gu) ?? [];
}
