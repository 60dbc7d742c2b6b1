import { typeError } from '../../errors.ts';
import { partOf } from '../../parts/parts.ts';
import type { Run } from '../../runtime/run.ts';
import type { Args, MethodTable } from '../spec.ts';

/** n8n's further functions on texts, and JavaScript's that few use. */
export const textMoreMethods: MethodTable<string> = {
  hash: {
    signature: "(algorithm = 'md5')",
    doc: 'Its digest in hexadecimal: md5, sha1, sha224, sha256, sha384, sha512; or base64',
    example: "'a'.hash('sha256')",
    perform: hash,
  },
  isDomain: {
    signature: '()',
    doc: 'Whether it is the name of a domain',
    example: "'b.io'.isDomain()",
    perform: (self) => self.length <= 253 && /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/iu.test(self),
  },
  length: { signature: '()', doc: 'How many characters it has', example: "'abc'.length()", perform: (self) => self.length },
  toDate: {
    signature: '()',
    doc: 'As a date',
    example: "'2026-11-21'.toDate()",
    perform: (self, _args, run) => partOf('dates').fromText(self, run),
  },
  toDecimalNumber: {
    signature: '()',
    doc: 'As the number that it starts with',
    example: "'12.5'.toDecimalNumber()",
    perform: (self) => Number.parseFloat(self),
  },
  toWholeNumber: {
    signature: '()',
    doc: 'As the whole number that it starts with',
    example: "'12.9'.toWholeNumber()",
    perform: (self) => Number.parseInt(self, 10),
  },
  codePointAt: {
    signature: '(index)',
    doc: 'Number of one character, also of those with two units',
    example: "'a'.codePointAt(0)",
    perform: (self, args) => self.codePointAt(args.number(0, 0)),
  },
  toLocaleUpperCase: {
    signature: '()',
    doc: 'In capitals',
    example: "'a'.toLocaleUpperCase()",
    perform: (self, _args, run) => run.text(self.toUpperCase()),
  },
  toLocaleLowerCase: {
    signature: '()',
    doc: 'In small letters',
    example: "'A'.toLocaleLowerCase()",
    perform: (self, _args, run) => run.text(self.toLowerCase()),
  },
  toLocaleString: { signature: '()', doc: 'The text itself', example: "'a'.toLocaleString()", perform: (self: string) => self },
  valueOf: { signature: '()', doc: 'The text itself', example: "'a'.valueOf()", perform: (self: string) => self },
};

function hash(self: string, args: Args, run: Run): string {
  const name = args.text(0, 'md5').toLowerCase();
  run.spend(200 + self.length * 8);
  const { digest, digestNames } = partOf('digests');
  const made = digest(name, new TextEncoder().encode(self));
  if (made !== undefined) return made;
  throw typeError(`no digest ${name.slice(0, 40)}`, `A digest is one of ${digestNames.join(', ')}.`);
}
