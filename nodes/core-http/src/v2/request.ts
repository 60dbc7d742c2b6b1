import type { BodyCodec, HttpRequest, JsonValue } from '@millwright/node-sdk';
import { named, withQuery } from '../address.ts';
import { formFields, refuse, toJson } from '../request-body.ts';
import type { Parameters } from './parameters.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** Text, bytes or fields with the way in which they are written. */
interface Written {
  readonly body: JsonValue;
  readonly as: BodyCodec;
}

function fileOf(body: JsonValue, contentType: string): Written {
  const base64 = typeof body === 'string' ? body.replaceAll(/\s/g, '') : null;
  if (base64 === null || !BASE64.test(base64))
    throw refuse('the body of a file is not base64', 'Give the base64 of the file, such as {{ $json.body }} of a step that read it so.');
  return { body: base64, as: { kind: 'bytes', ...(contentType === '' ? {} : { contentType }) } };
}

function bodyOf({ bodyType, body, contentType, paging, pageIn }: Parameters): Written | null {
  switch (bodyType) {
    case 'none':
      return null;
    case 'json': {
      // Only what is paged in the body is taken apart: numbers that JSON holds more exactly than we do stay as they were typed.
      const isPaged = paging !== 'none' && pageIn === 'body';
      const text = toJson(body);
      return isPaged
        ? { body: JSON.parse(text) as JsonValue, as: { kind: 'json' } }
        : { body: text, as: { kind: 'text', contentType: 'application/json' } };
    }
    case 'form':
      return { body: formFields(body), as: { kind: 'form', lists: 'repeat' } };
    case 'multipart':
      return { body: formFields(body), as: { kind: 'multipart' } };
    case 'text':
      return { body: body ?? '', as: { kind: 'text', ...(contentType === '' ? {} : { contentType }) } };
    case 'file':
      return fileOf(body, contentType);
  }
}

/**
 * The request that the form describes.
 * @param isConnected a connection was chosen: it signs
 * @throws UserError `parameter_invalid`
 */
export function requestOf(parameters: Parameters, isConnected: boolean): HttpRequest {
  const { method, timeoutMs, answerAs, followRedirects, batching, batchSize, batchMs } = parameters;
  const written = bodyOf(parameters);
  const headers = named(parameters.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  // A form with files names its own boundary.
  const own = headers.filter(([name]) => name !== 'content-type' || parameters.bodyType !== 'multipart');
  return {
    method,
    url: withQuery(parameters.url, parameters.query),
    headers: Object.fromEntries(own),
    timeoutMs,
    answerAs,
    followRedirects,
    ...written,
    ...(batching ? { pace: { requests: batchSize, everyMs: batchMs } } : {}),
    ...(isConnected ? { credential: 'auth' } : {}),
  };
}
