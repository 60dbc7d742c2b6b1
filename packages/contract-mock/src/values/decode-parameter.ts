import type { JsonObject, JsonValue } from '@millwright/core';
import type { Parameter } from '@millwright/openapi';
import { nameSteps, nestForm, shapeForm } from './decode-form.ts';
import { fieldNames, shapeOf } from './shape.ts';

/** A parameter as it was found: `undefined` where it is absent. */
export interface Found {
  readonly value: JsonValue | undefined;
  /** Query names that it took. */
  readonly names: readonly string[];
  readonly fault?: string;
}

/** A list of names and values, names may come more than once. */
export type Pairs = readonly (readonly [string, string])[];

const ABSENT: Found = { value: undefined, names: [] };
const SEPARATORS: Readonly<Record<string, RegExp>> = { spaceDelimited: / |%20/, pipeDelimited: /\|/, tabDelimited: /\t/ };

function pairsToObject(words: readonly string[]): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (let index = 0; index + 1 < words.length; index += 2) object[words[index] ?? ''] = words[index + 1] ?? '';
  return object;
}

/** `a,1,b,2`, or `a=1,b=2` where it explodes. */
function delimitedObject(text: string, explode: boolean): JsonObject {
  const words = text.split(',');
  return pairsToObject(explode ? words.flatMap((word) => [word.split('=')[0] ?? '', word.split('=').slice(1).join('=')]) : words);
}

/** A word of a path or header. */
function decodeSimple(parameter: Parameter, schema: JsonObject, text: string): JsonValue {
  const shape = shapeOf(schema, schema);
  if (shape.scalar) return text;
  if (shape.list) return text.split(',');
  return shape.object ? delimitedObject(text, parameter.explode) : text;
}

function decodePathText(parameter: Parameter, schema: JsonObject, text: string): JsonValue {
  if (parameter.style === 'label')
    return decodeSimple(parameter, schema, text.replace(/^\./, '').replaceAll(parameter.explode ? '.' : ',', ','));
  const start = `;${parameter.name}=`;
  if (parameter.style === 'matrix' && text.startsWith(start))
    return decodeSimple(parameter, schema, text.slice(start.length).replaceAll(start, ','));
  return decodeSimple(parameter, schema, text);
}

/** JSON in a parameter; the text itself where it is none, which its schema will refuse. */
function decodeMedia(mediaType: string, text: string): { readonly value: JsonValue; readonly fault?: string } {
  if (!mediaType.includes('json')) return { value: text };
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return { value: text, fault: 'is not JSON' };
  }
}

function decodeDeepObject(parameter: Parameter, schema: JsonObject, pairs: Pairs): Found {
  const own = pairs.filter(([name]) => name === parameter.name || nameSteps(name)[0] === parameter.name);
  if (own.length === 0) return ABSENT;
  const nested = nestForm(own)[parameter.name];
  return { value: nested === undefined ? undefined : shapeForm(schema, schema, { value: nested }), names: own.map(([name]) => name) };
}

function decodeSpreadObject(schema: JsonObject, pairs: Pairs): Found {
  const fields = new Set(fieldNames(schema, schema));
  const own = pairs.filter(([name]) => fields.has(name));
  return own.length === 0 ? ABSENT : { value: Object.fromEntries(own), names: own.map(([name]) => name) };
}

function decodeList(parameter: Parameter, values: readonly string[]): Found {
  const names = [parameter.name];
  if (parameter.explode && SEPARATORS[parameter.style] === undefined) return { value: values, names };
  if (values.length > 1) return { value: values, names, fault: 'is written more than once, but its values belong into one text' };
  return { value: (values[0] ?? '').split(SEPARATORS[parameter.style] ?? ','), names };
}

/** A parameter of the query, or of cookies. */
export function decodeQuery(parameter: Parameter, schema: JsonObject, pairs: Pairs): Found {
  if (parameter.style === 'deepObject') return decodeDeepObject(parameter, schema, pairs);
  const shape = shapeOf(schema, schema);
  const values = pairs.filter(([name]) => name === parameter.name).map(([, value]) => value);
  const names = [parameter.name];
  if (parameter.mediaType !== null) return values[0] === undefined ? ABSENT : { ...decodeMedia(parameter.mediaType, values[0]), names };
  if (shape.object && !shape.list && !shape.scalar && values.length === 0)
    return parameter.explode ? decodeSpreadObject(schema, pairs) : ABSENT;
  if (values.length === 0) return ABSENT;
  if (shape.list && (!shape.scalar || values.length > 1)) return decodeList(parameter, values);
  if (values.length > 1) return { value: values, names, fault: 'is written more than once' };
  if (shape.object && !shape.scalar) return { value: delimitedObject(values[0] ?? '', false), names };
  return { value: values[0], names };
}

/** A parameter of the path or of a header. */
export function decodeWord(parameter: Parameter, schema: JsonObject, text: string | undefined): Found {
  if (text === undefined) return ABSENT;
  if (parameter.mediaType !== null) return { ...decodeMedia(parameter.mediaType, text), names: [] };
  return { value: parameter.in === 'path' ? decodePathText(parameter, schema, text) : decodeSimple(parameter, schema, text), names: [] };
}
