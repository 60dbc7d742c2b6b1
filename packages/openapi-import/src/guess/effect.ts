import { idempotent, type WriteSafety } from '@millwright/node-sdk';
import type { Operation, Parameter } from '@millwright/openapi';
import { wordsOf } from '../words.ts';

const KEY_HEADER = /^(x-)?idempotency-?key$|^paypal-request-id$|^(x-)?idempotence-key$|^idempotent-?key$/i;
/** A field of a body that carries the key: Square's `idempotency_key`. */
export const KEY_FIELD = /^idempotency_?key$/i;
const READS = new Set(['list', 'search', 'query', 'find', 'get', 'lookup', 'count', 'describe']);
const WRITES = new Set([
  'create',
  'add',
  'update',
  'delete',
  'remove',
  'send',
  'set',
  'put',
  'upload',
  'move',
  'copy',
  'or',
  'save',
  'start',
  'stop',
  'run',
  'execute',
  'batch',
  'import',
  'submit',
]);

/** The header in which an operation takes a key; undefined where none is described. */
export function keyHeader(operation: Operation): Parameter | undefined {
  return operation.parameters.find((parameter) => parameter.in === 'header' && KEY_HEADER.test(parameter.name));
}

/** POST that only reads: its name begins with a word of reading and holds none of writing. */
function isReadingPost({ id, path }: Operation): boolean {
  const last =
    path
      .split('/')
      .filter((part) => part !== '' && !part.startsWith('{'))
      .at(-1) ?? '';
  if (/^(search|query|_search|lookup)$/i.test(last)) return true;
  const words = wordsOf(id ?? last);
  return !words.some((word) => WRITES.has(word)) && words.some((word, index) => index <= 1 && READS.has(word));
}

/** What the effect is guessed from beside the operation. */
export interface EffectClues {
  /** Names of input fields that stand in the path. */
  readonly pathFields: readonly string[];
  readonly fields: readonly string[];
  readonly hasKeyField: boolean;
}

/** Whether an operation reads, or what keeps it from being done twice. PUT and DELETE are natural (RFC 9110 §9.2.2); what nobody vouches for is unsafe. */
export function guessEffect(operation: Operation, { pathFields, fields, hasKeyField }: EffectClues): 'read' | WriteSafety {
  if (operation.method === 'GET' || operation.method === 'HEAD') return 'read';
  if (operation.method === 'POST' && isReadingPost(operation)) return 'read';
  const header = keyHeader(operation);
  if (header !== undefined) return idempotent.header(header.name);
  if (hasKeyField) return idempotent.header(null);
  const natural = pathFields.length > 0 ? pathFields : fields;
  if ((operation.method === 'PUT' || operation.method === 'DELETE') && natural.length > 0) return idempotent.natural(...natural);
  return idempotent.unsafe();
}
