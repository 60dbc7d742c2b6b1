import { isJsonObject, UserError, type JsonValue } from '@millwright/core';
import { field, type Description } from './description.ts';

/** References that point at references, one after the other. */
const MAX_CHAIN = 50;

function broken(pointer: string, why: string): UserError {
  return new UserError('unprocessable', {
    code: 'description_reference',
    message: `"${pointer.slice(0, 200)}" ${why}`,
    hint: 'Bundle the description into one file, for example with "redocly bundle" or "swagger-cli bundle".',
    details: { reference: pointer.slice(0, 200) },
  });
}

function decodeToken(token: string): string {
  const plain = token.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/**
 * What a local reference points at.
 * @throws UserError `description_reference` when it leaves the file or points at nothing
 */
export function lookUp({ root }: Description, pointer: string): JsonValue {
  if (!pointer.startsWith('#')) throw broken(pointer, 'refers to another file');
  let value: JsonValue | undefined = root;
  for (const token of pointer.slice(1).split('/').slice(1)) {
    const raw: string = token.replaceAll('~1', '/').replaceAll('~0', '~');
    value = Array.isArray(value) ? (value as readonly JsonValue[])[Number(token)] : (field(value, raw) ?? field(value, decodeToken(token)));
    if (value === undefined) throw broken(pointer, 'points at nothing');
  }
  return value;
}

/** A value with its reference followed; `pointer` is the last one, for those who count cycles. */
export interface Followed {
  readonly value: JsonValue;
  readonly pointer: string | null;
}

/**
 * Follows `$ref` until there is none.
 * @throws UserError `description_reference` when one leaves the file, points at nothing or at itself
 */
export function follow(description: Description, start: JsonValue): Followed {
  let value = start;
  let pointer: string | null = null;
  for (let hops = 0; hops < MAX_CHAIN; hops++) {
    const next = field(value, '$ref');
    if (typeof next !== 'string' || !isJsonObject(value)) return { value, pointer };
    pointer = next;
    value = lookUp(description, next);
  }
  throw broken(pointer ?? '', 'refers to itself');
}
