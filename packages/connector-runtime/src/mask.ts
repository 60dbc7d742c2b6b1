import { ConnectorError, InvariantError, messageOf, MillwrightError, UserError } from '@millwright/core';
import type { HttpResponse } from '@millwright/node-sdk';
import type { LentCredential } from './lender.ts';

/** Shorter values are found in any text, and are no secrets that anybody could keep. */
const SHORTEST_SECRET = 4;
/** In data, where a short word may be what people came for. */
const SHORTEST_IN_DATA = 8;
const SHOWN = '[secret]';

/** Takes the secrets of a credential out of what leaves the process that lent it: some services repeat what they were sent. */
export interface Mask {
  /** A text of ours, as errors are. */
  readonly text: (text: string) => string;
  /** Data as nodes and runs get it: texts, lists and plain objects at any depth, names included. */
  readonly data: <T>(data: T) => T;
  /** An answer: headers, and its body whatever it is. */
  readonly response: (response: HttpResponse) => HttpResponse;
  /** The same failure; of one that repeats a secret only code, texts and whether it was sent. */
  readonly failure: (thrown: unknown) => unknown;
}

/** Takes nothing out: nothing was lent. */
const NO_MASK: Mask = { text: (text) => text, data: (data) => data, response: (response) => response, failure: (thrown) => thrown };

/** Every value that was not said to be open, and the token. */
function secretsOf({ auth, fields, token }: LentCredential): readonly string[] {
  const open = new Set(auth.fields.filter(({ secret }) => !secret).map(({ name }) => name));
  const typed = Object.entries(fields).flatMap(([name, value]) => (open.has(name) ? [] : [value]));
  return [...typed, token?.accessToken ?? ''].filter((one) => one.length >= SHORTEST_SECRET);
}

/** What of a secret is the same in any base64 text that it is a part of, by where it begins in a group of three bytes. */
function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** A secret as services write it: as it is, in addresses and forms, in JSON, in hex, and in base64 as in tokens and Basic headers. */
function formsOf(secret: string): readonly string[] {
  const hex = Buffer.from(secret).toString('hex');
  const inAddress = [encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2)];
  const lower = inAddress.map((text) => text.replaceAll(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()));
  return [secret, ...inAddress, ...lower, JSON.stringify(secret).slice(1, -1), hex, hex.toUpperCase(), ...inBase64(secret)];
}

/** Null: there is nothing to look for. */
function patternOf(forms: readonly string[]): RegExp | null {
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return null;
  return new RegExp(longestFirst.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}

function inText(text: string, pattern: RegExp | null): string {
  return pattern === null ? text : text.replace(pattern, SHOWN);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The same value where nothing is found in it. */
function inData(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return inText(value, pattern);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((one: unknown) => inData(one, pattern));
    return items.some((one, index) => one !== value[index]) ? items : value;
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  const shown = entries.map(([name, one]) => [inText(name, pattern), inData(one, pattern)] as const);
  return shown.some(([name, one], index) => name !== entries[index]?.[0] || one !== entries[index][1]) ? Object.fromEntries(shown) : value;
}

/** Bytes keep their number: a file stays what it is but for the secret. */
function inBytes(base64: string, forms: readonly string[]): string {
  const pattern = patternOf(forms.map((form) => Buffer.from(form).toString('latin1')));
  const bytes = Buffer.from(base64, 'base64').toString('latin1');
  if (pattern === null || bytes.search(pattern) < 0) return base64;
  return Buffer.from(
    bytes.replace(pattern, (found) => '*'.repeat(found.length)),
    'latin1',
  ).toString('base64');
}

function causeOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.cause !== undefined ? messageOf(thrown.cause) : '';
}

function withoutSecrets(thrown: unknown, scrub: (text: string) => string): unknown {
  const message = messageOf(thrown);
  const known = thrown instanceof MillwrightError ? thrown : undefined;
  const { hint = '', details = {} } = known ?? {};
  if ([message, hint, JSON.stringify(details), causeOf(thrown)].every((text) => scrub(text) === text)) return thrown;
  const { sent, status } = details;
  const shown = { sent, ...(status === undefined ? {} : { status }) };
  const scrubbed = {
    code: known?.code ?? 'session_failed',
    message: scrub(message),
    hint: scrub(hint),
    retry: known?.retry,
    details: shown,
  };
  if (thrown instanceof ConnectorError) return new ConnectorError(thrown.kind, scrubbed);
  return thrown instanceof UserError ? new UserError(thrown.kind, scrubbed) : new InvariantError(scrubbed);
}

/** Takes secrets out of texts that people will read elsewhere, in every form in which services write them. Short ones are no secrets. */
export function maskOfSecrets(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((one) => one.length >= SHORTEST_SECRET);
  const pattern = patternOf([...known, ...known.filter((one) => one.length >= SHORTEST_IN_DATA).flatMap(formsOf)]);
  return (text) => inText(text, pattern);
}

/** The mask of a credential that is lent; it outlives the lend, for what the answer is made into. */
export function maskOf(lent: LentCredential): Mask {
  const secrets = secretsOf(lent);
  if (secrets.length === 0) return NO_MASK;
  const forms = secrets.filter((one) => one.length >= SHORTEST_IN_DATA).flatMap(formsOf);
  const [inTexts, inRunData] = [patternOf([...secrets, ...forms]), patternOf(forms)];
  const text = (said: string): string => inText(said, inTexts);
  const data = <T>(value: T): T => (inRunData === null ? value : (inData(value, inRunData) as T));
  return {
    text,
    data,
    response: ({ body, ...rest }) => ({
      ...data(rest),
      body: rest.bodyType === 'base64' && typeof body === 'string' ? inBytes(body, forms) : data(body),
    }),
    failure: (thrown) => withoutSecrets(thrown, text),
  };
}
