import { UserError } from '@millwright/core';

const KEY_BYTES = 32;

/** The keys that a root key's text names. */
export interface KeyTexts {
  /** What new keys are wrapped by. */
  readonly current: Buffer;
  /** Older ones that may still be needed to read. */
  readonly previous: readonly Buffer[];
  /** What role passwords, sessions and links derive from. */
  readonly derive: Buffer;
}

function invalid(from: string): UserError {
  return new UserError('invalid', {
    code: 'root_key_invalid',
    message: `${from} does not hold 32 bytes as base64 or hex`,
    hint: 'Put the original key back. A new one (openssl rand -base64 32) cannot read what was encrypted before.',
  });
}

function parseKey(text: string, from: string): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length === KEY_BYTES && /^[\w+/=-]+$/.test(text)) return bytes;
  throw invalid(from);
}

/**
 * Reads a root key: the key, and after a rotation `derive=<first key>` and `previous=<older key>`, separated by commas or white space.
 * @param from what is named when it is wrong; the text itself never is
 * @throws UserError `root_key_invalid`
 */
export function parseKeyText(text: string, from: string): KeyTexts {
  const [first = '', ...rest] = text.split(/[\s,]+/).filter((part) => part !== '');
  const current = parseKey(first, from);
  const named = rest.map((part) => /^(previous|derive)=(.+)$/.exec(part) ?? []);
  if (named.some((match) => match.length === 0)) throw invalid(from);
  const keys = (name: string): readonly Buffer[] => named.flatMap(([, is, key]) => (is === name ? [parseKey(key ?? '', from)] : []));
  const [derive = current, ...more] = keys('derive');
  if (more.length > 0) throw invalid(from);
  return { current, previous: keys('previous'), derive };
}

/** The text of a root key after it was exchanged: the old one reads on, and what derives from the first key stays as it is. */
export function exchangedText(old: KeyTexts, fresh: Buffer): string {
  const lines = [
    fresh.toString('base64'),
    `derive=${old.derive.toString('base64')}`,
    ...[old.current, ...old.previous].map((key) => `previous=${key.toString('base64')}`),
  ];
  return `${lines.join('\n')}\n`;
}
