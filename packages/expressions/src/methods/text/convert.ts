import { typeError } from '../../errors.ts';
import { partOf } from '../../parts/parts.ts';
import type { Run } from '../../runtime/run.ts';
import type { MethodTable } from '../spec.ts';

/** Reading something else out of a text, and encoding it. */
export const textConvertMethods: MethodTable<string> = {
  toNumber: { signature: '()', doc: 'As a number', example: "'12.5'.toNumber()", perform: (self) => numberFrom(self) },
  toInt: { signature: '()', doc: 'As a whole number', example: "'12.9'.toInt()", perform: (self) => Math.trunc(numberFrom(self)) },
  toFloat: { signature: '()', doc: 'As a number', example: "'12.5'.toFloat()", perform: (self) => numberFrom(self) },
  toBoolean: {
    signature: '()',
    doc: 'false for empty, `false`, `no` and `0`; otherwise true',
    example: "'no'.toBoolean()",
    perform: (self) => !['', 'false', 'no', '0'].includes(self.trim().toLowerCase()),
  },
  toDateTime: {
    signature: '()',
    doc: 'As a date; reads ISO, SQL and e-mail dates',
    example: "'2026-11-21'.toDateTime()",
    perform: (self, _args, run) => partOf('dates').fromText(self, run),
  },
  parseJson: {
    signature: '()',
    doc: 'As the data that the JSON text says',
    example: "'[1]'.parseJson()",
    perform: (self, _args, run) => parseJson(self, run),
  },
  toJsonString: {
    signature: '()',
    doc: 'As JSON text, in quotes',
    example: "'a'.toJsonString()",
    perform: (self, _args, run) => run.text(JSON.stringify(self)),
  },
  isEmpty: { signature: '()', doc: 'Whether it has no characters', example: "''.isEmpty()", perform: (self) => self === '' },
  isNotEmpty: { signature: '()', doc: 'Whether it has characters', example: "'a'.isNotEmpty()", perform: (self) => self !== '' },
  isNumeric: {
    signature: '()',
    doc: 'Whether it can be read as a number',
    example: "'12'.isNumeric()",
    perform: (self) => self.trim() !== '' && Number.isFinite(Number(self)),
  },
  isEmail: {
    signature: '()',
    doc: 'Whether it is an e-mail address',
    example: "'a@b.io'.isEmail()",
    perform: (self) => extractEmail(self) === self,
  },
  isUrl: {
    signature: '()',
    doc: 'Whether it is a web address',
    example: "'https://b.io'.isUrl()",
    perform: (self) => URL.canParse(self) && /^https?:/iu.test(self),
  },
  extractEmail: {
    signature: '()',
    doc: 'The first e-mail address in it',
    example: "'mail a@b.io'.extractEmail()",
    perform: (self) => extractEmail(self),
  },
  extractDomain: {
    signature: '()',
    doc: 'The domain of a web or e-mail address',
    example: "'a@b.io'.extractDomain()",
    perform: (self) => extractDomain(self),
  },
  extractUrl: {
    signature: '()',
    doc: 'The first web address in it',
    example: "'see https://b.io/x now'.extractUrl()",
    perform: (self) => extractUrl(self),
  },
  extractUrlPath: {
    signature: '()',
    doc: 'The path of a web address',
    example: "'https://b.io/x?y'.extractUrlPath()",
    perform: (self) => URL.parse(extractUrl(self) ?? '')?.pathname,
  },
  urlEncode: {
    signature: '()',
    doc: 'Safe within a web address',
    example: "'a b'.urlEncode()",
    perform: (self, _args, run) => run.text(encodeURIComponent(self)),
  },
  urlDecode: {
    signature: '()',
    doc: 'Back from its form in a web address',
    example: "'a%20b'.urlDecode()",
    perform: (self) => decodeURIComponent(self),
  },
  base64Encode: {
    signature: '()',
    doc: 'As base64',
    example: "'a'.base64Encode()",
    perform: (self, _args, run) => base64Encode(self, run),
  },
  base64Decode: { signature: '()', doc: 'Back from base64', example: "'YQ=='.base64Decode()", perform: (self) => base64Decode(self) },
  removeTags: { signature: '()', doc: 'Without HTML tags', example: "'<b>a</b>'.removeTags()", perform: (self) => removeTags(self) },
  removeMarkdown: {
    signature: '()',
    doc: 'Without the marks of Markdown',
    example: "'**a** [b](c)'.removeMarkdown()",
    perform: (self) => removeMarkdown(self),
  },
};

function numberFrom(self: string): number {
  const value = Number(self);
  if (self.trim() !== '' && !Number.isNaN(value)) return value;
  throw typeError(
    `not a number: ${JSON.stringify(self.slice(0, 40))}`,
    "This text is not a number. Remove units and separators first, for example with `.replace(',', '.')`.",
  );
}

/**
 * Data from JSON text.
 * @throws ExpressionError `expression_type` when it is no JSON
 */
export function parseJson(text: string, run: Run): unknown {
  run.spend(text.length >> 3);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw typeError('not JSON', 'This text is not JSON. Look at its beginning: JSON starts with `{`, `[`, a quote or a number.');
  }
}

const longestAddress = 254;
const mostTries = 1000;

/** The `@` first, then what may stand around it: time grows with the length only. */
function extractEmail(self: string): string | undefined {
  let tries = 0;
  for (let at = self.indexOf('@'); at !== -1 && tries < mostTries; at = self.indexOf('@', at + 1)) {
    tries += 1;
    const name = /[\w.!#$%&'*+/=?^`{|}~-]+$/u.exec(self.slice(Math.max(0, at - 64), at))?.[0];
    const host = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,24}/iu.exec(self.slice(at + 1, at + 1 + longestAddress))?.[0];
    if (name !== undefined && host !== undefined) return `${name}@${host}`;
  }
  return undefined;
}

function extractUrl(self: string): string | undefined {
  const start = self.search(/https?:\/\//iu);
  if (start === -1) return undefined;
  return /^[^\s<>"'`]+/u.exec(self.slice(start, start + 2048))?.[0].replace(/[.,;:!?)]+$/u, '');
}

function extractDomain(self: string): string | undefined {
  const email = self.includes('://') ? undefined : extractEmail(self);
  if (email !== undefined) return email.slice(email.lastIndexOf('@') + 1);
  const url = extractUrl(self) ?? `https://${self.trim().slice(0, 2048)}`;
  const host = URL.parse(url)?.hostname;
  return host?.includes('.') === true ? host : undefined;
}

function base64Encode(self: string, run: Run): string {
  run.chargeText(self.length * 4);
  let binary = '';
  for (const byte of new TextEncoder().encode(self)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function base64Decode(self: string): string {
  try {
    const binary = atob(self.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    throw typeError('not base64', 'This text is not base64.');
  }
}

function removeTags(self: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let open = self.indexOf('<'); open !== -1; open = self.indexOf('<', from)) {
    const close = self.indexOf('>', open);
    if (close === -1) break;
    parts.push(self.slice(from, open));
    from = close + 1;
  }
  return parts.join('') + self.slice(from);
}

function removeMarkdown(self: string): string {
  return self
    .replaceAll(/!?\[([^[\]\n]{0,500})\]\([^()\n]{0,2000}\)/gu, '$1')
    .replaceAll(/^(?:#{1,6}|>|[-*+])[ \t]/gmu, '')
    .replaceAll(/\*\*|__|~~|[*`]/gu, '');
}
