import { isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import type { ControlCompute } from '../compute.ts';

/** Headers that the server sets itself: how the answer travels, and what keeps a browser from taking it for a page of the product. */
const OURS: ReadonlySet<string> = new Set(
  (
    'connection content-encoding content-length date keep-alive te trailer transfer-encoding upgrade ' +
    'clear-site-data content-security-policy service-worker-allowed set-cookie strict-transport-security x-content-type-options x-millwright-run'
  ).split(' '),
);

/** Respond: builds the answer to the caller of the run. */
export const respondCompute: ControlCompute = {
  kind: 'respond',
  reply: (parameters) => {
    const isText = parameters['bodyType'] === 'text';
    const body = parameters['body'] ?? null;
    const own = headersOf(parameters['headers']);
    const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
    return { status: statusOf(parameters), headers: { 'content-type': type, ...own }, body: isText ? textOf(body) : jsonOf(body) };
  },
};

function statusOf(parameters: JsonObject): number {
  const status = Number(parameters['status'] ?? 200);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw invalid('status', 'the status is not a whole number from 200 to 599', 'Use 200 for success.');
}

/** Headers as a list of name and value, or as an object. */
function headersOf(value: JsonValue | undefined): Record<string, string> {
  const pairs = Array.isArray(value)
    ? value.filter(isJsonObject).map((one) => [one['name'], one['value']] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  const headers: [string, string][] = [];
  for (const [name, text] of pairs) {
    if (typeof name !== 'string' || name === '') continue;
    const written = textOf(text ?? '');
    // RFC 9110 §5.5: a value is printable Latin-1 in one line.
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(written))
      throw invalid(
        'headers',
        `the header ${JSON.stringify(name)} cannot be sent`,
        'A header name has letters, digits and dashes; a value has one line, without emoji and other letters outside Latin-1.',
      );
    if (OURS.has(name.toLowerCase())) throw invalid('headers', `the header ${JSON.stringify(name)} is set by the server`, 'Remove it.');
    headers.push([name.toLowerCase(), written]);
  }
  return Object.fromEntries(headers);
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

/** A text that is JSON already, as typed into the form, goes out as it is. */
function jsonOf(value: JsonValue): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

function invalid(field: string, message: string, hint: string): UserError {
  return new UserError('invalid', { code: 'parameter_invalid', message, hint, details: { field } });
}
