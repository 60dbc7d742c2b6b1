import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';

/** Names of fields, headers and query parameters whose values are nobody's business. */
const SECRET = /auth|cookie|token|secret|passw|api[-_]?key|credential|signature|session/i;
const HIDDEN = '[hidden]';
/** Characters of one text that are kept. */
const MAX_TEXT = 2_000;
/** Entries of one list that are kept. */
const MAX_ENTRIES = 50;

/**
 * What one item of a write would do, for people: its evaluated parameters without what looks secret; method, address and body on top
 * where it has them.
 */
export function intendedChange(itemIndex: number, parameters: JsonObject): JsonObject {
  const shown = shownObject(parameters);
  const { method, url, body } = shown;
  return {
    itemIndex,
    ...(typeof method === 'string' && typeof url === 'string'
      ? { method, url, ...(body === undefined || body === '' ? {} : { body }) }
      : {}),
    parameters: shown,
    idempotencyKey: null,
  };
}

function shownObject(value: JsonObject): JsonObject {
  // A row of a form that names what it holds: headers, query parameters.
  const isSecretRow = typeof value['name'] === 'string' && SECRET.test(value['name']) && value['value'] !== undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, SECRET.test(name) || (isSecretRow && name === 'value') ? HIDDEN : shown(one)]),
  );
}

function shown(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cut(withoutSecrets(value));
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map(shown);
  return isJsonObject(value) ? shownObject(value) : value;
}

/** An address keeps its shape; who signs in by it and what its query holds under a secret name is left out. */
function withoutSecrets(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${HIDDEN}@`)
    .replaceAll(/([?&])([^=&#]+)=([^&#]*)/g, (all: string, mark: string, name: string) =>
      SECRET.test(name) ? `${mark}${name}=${HIDDEN}` : all,
    );
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}
