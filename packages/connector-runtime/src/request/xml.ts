import { isJsonObject, UserError, type JsonValue } from '@millwright/core';

const NAME = /^[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

function scalar(value: JsonValue): string {
  return escaped(typeof value === 'string' ? value : JSON.stringify(value));
}

function element(name: string, value: JsonValue): string {
  if (value === null) return '';
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => element(name, one)).join('');
  if (!NAME.test(name))
    throw new UserError('invalid', {
      code: 'parameter_invalid',
      message: `"${name.slice(0, 100)}" is no name of an XML element`,
      details: { sent: false },
    });
  if (!isJsonObject(value)) return `<${name}>${scalar(value)}</${name}>`;
  const entries = Object.entries(value);
  const attributes = entries
    .filter(([key, inner]) => key.startsWith('@') && NAME.test(key.slice(1)) && inner !== null)
    .map(([key, inner]) => ` ${key.slice(1)}="${scalar(inner)}"`);
  const inner = entries.filter(([key]) => !key.startsWith('@')).map(([key, one]) => (key === '#text' ? scalar(one) : element(key, one)));
  return `<${name}${attributes.join('')}>${inner.join('')}</${name}>`;
}

/**
 * An object as XML: fields are elements, lists repeat them, `@name` are attributes, `#text` the text; null is left out.
 * @throws UserError `parameter_invalid` for a name that is none
 */
export function encodeXml(value: Readonly<Record<string, JsonValue>>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${Object.entries(value)
    .map(([name, inner]) => element(name, inner))
    .join('')}`;
}
