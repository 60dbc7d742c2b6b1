import { isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/node-sdk';

/** What goes out, and the content type that says so. */
export interface RequestBody {
  readonly text: string;
  readonly contentType: string;
}

/** A body that does not suit its type. */
export function refuse(message: string, hint: string): UserError {
  return new UserError('invalid', { code: 'parameter_invalid', message, hint, details: { field: 'parameters.body' } });
}

/** A text that is JSON already, as typed into the form, goes out as it is; one that only begins like JSON is a mistake. @throws UserError `parameter_invalid` */
export function toJson(body: JsonValue): string {
  if (typeof body !== 'string') return JSON.stringify(body);
  try {
    JSON.parse(body);
    return body;
  } catch {
    if (/^\s*[[{]/.test(body))
      throw refuse(
        'the body is not valid JSON',
        'Check commas, quotes and brackets. Text values from expressions need quotes around them.',
      );
    return JSON.stringify(body);
  }
}

function scalar(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * The fields of a form: an object, or the text of one.
 * @throws UserError `parameter_invalid`
 */
export function formFields(body: JsonValue): JsonObject {
  const parsed: unknown = typeof body === 'string' && body.trim().startsWith('{') ? JSON.parse(toJson(body)) : body;
  if (isJsonObject(parsed)) return parsed;
  throw refuse('the body of a form is not an object', 'Write an object: { "field": "value" }. A list repeats the field.');
}

function toForm(body: JsonValue): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(formFields(body))) {
    if (value !== null) for (const one of Array.isArray(value) ? (value as readonly JsonValue[]) : [value]) form.append(name, scalar(one));
  }
  return form.toString();
}

/**
 * Writes a body.
 * @throws UserError `parameter_invalid` when the value does not suit the type
 */
export function writeBody(type: 'none' | 'json' | 'form' | 'text', body: JsonValue): RequestBody | null {
  switch (type) {
    case 'none':
      return null;
    case 'json':
      return { text: toJson(body), contentType: 'application/json' };
    case 'form':
      return { text: toForm(body), contentType: 'application/x-www-form-urlencoded' };
    case 'text':
      return { text: body === null ? '' : scalar(body), contentType: 'text/plain; charset=utf-8' };
  }
}
