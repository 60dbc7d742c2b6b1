import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { field, fits, flatten, sampleOf, toJsonSchema, type Description, type Operation, type Parameter } from '@millwright/openapi';
import { toFormSchema, type FormSchema } from '../form/form-schema.ts';
import { propertiesOf, typeOf } from '../guess/schema-paths.ts';
import { below, isReadable, type RequestDraft } from './draft.ts';

const TEXT: FormSchema = { type: 'string' };
const JOINERS: Readonly<Record<string, string>> = { pipeDelimited: '|', spaceDelimited: ' ', tabDelimited: '\t' };
/** Parameters by which old ways hand the secret over; the runtime signs instead. */
const SECRET = /^(token|access_token|api_?key|auth_token)$/i;

/** What a parameter is, and where. */
interface Reading {
  readonly parameter: Parameter;
  readonly schema: JsonObject;
  readonly type: string | undefined;
  readonly example: JsonValue;
}

/** What parameters are left out of the form. */
export interface ParameterSetting {
  /** Lower case: names under which the secret goes. */
  readonly secretNames: ReadonlySet<string>;
  /** Query names that paging fills. */
  readonly taken: ReadonlySet<string>;
  /** Lower case: headers that are filled elsewhere, such as that of the write's key. */
  readonly leftHeaders: ReadonlySet<string>;
  readonly hasTokenAuth: boolean;
}

function read(description: Description, parameter: Parameter): Reading {
  const schema = toJsonSchema(description, parameter.schema, { purpose: 'request' });
  const own = parameter.example;
  const example = own !== undefined && fits(schema, own) ? own : sampleOf(schema);
  return { parameter, schema, type: typeOf(schema, schema), example };
}

/** The one value that a parameter may have, or the preset of a version header. */
function fixedValue({ parameter, schema }: Reading): JsonValue | undefined {
  const flat = flatten(schema, schema);
  const { const: constant, enum: values, default: preset } = flat;
  if (constant !== undefined) return constant;
  if (Array.isArray(values) && values.length === 1) return (values as readonly JsonValue[])[0];
  return parameter.in === 'header' ? preset : undefined;
}

function asText(value: JsonValue, joiner: string): string {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(joiner);
  if (isJsonObject(value))
    return Object.entries(value)
      .flat()
      .map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
      .join(joiner);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function add(
  draft: RequestDraft,
  { parameter, example }: Reading,
  form: { readonly schema: FormSchema; readonly hint?: string; readonly example?: JsonValue },
): string {
  return draft.add({
    vendorName: parameter.name,
    place: parameter.in,
    required: parameter.required,
    schema: form.schema,
    description: [parameter.description, form.hint ?? ''].filter((text) => text !== '').join(' '),
    example: parameter.required ? (form.example ?? example) : undefined,
  });
}

/** A list or object that is written as one text. */
function addText(draft: RequestDraft, reading: Reading): string {
  const joiner = JOINERS[reading.parameter.style] ?? ',';
  const hint = reading.type === 'array' ? `Several values: separate them with "${joiner}".` : '';
  return add(draft, reading, { schema: TEXT, hint, example: asText(reading.example, joiner) });
}

function addWord(draft: RequestDraft, reading: Reading): string {
  const { parameter, type, schema } = reading;
  if (parameter.mediaType !== null) return add(draft, reading, { schema: TEXT, hint: 'JSON.', example: JSON.stringify(reading.example) });
  if (type === 'array' || type === 'object') return addText(draft, reading);
  const form = toFormSchema(schema, schema);
  return add(draft, reading, {
    schema: Object.keys(form).length === 0 ? TEXT : form,
    ...(typeof reading.example === 'object' ? { example: asText(reading.example, ',') } : {}),
  });
}

/** What is written as several names needs one of them at least, or nothing of it is sent: the first of its words and numbers. */
function withOneField({ parameter, schema, example }: Reading): JsonValue {
  if (!parameter.required || !isJsonObject(example) || Object.keys(example).length > 0) return example;
  const all = sampleOf(schema, { fields: 'all' });
  const [one] = Object.entries(isJsonObject(all) ? all : {}).filter(([, value]) => value !== null && typeof value !== 'object');
  return one === undefined ? example : Object.fromEntries([one]);
}

/** `filter[from]=…`: each field below has its own name. */
function addDeepObject(draft: RequestDraft, reading: Reading): void {
  const { parameter, schema } = reading;
  const form = toFormSchema(schema, schema);
  const fields = Object.entries(propertiesOf(schema, schema)).filter(([name]) => isReadable(name));
  if (fields.length === 0) {
    if (parameter.required) draft.query[parameter.name] = add(draft, reading, { schema: form });
    else draft.notes.push(`"${parameter.name}" has no fields by name and is left out`);
    return;
  }
  const template = add(draft, reading, { schema: form['properties'] === undefined ? {} : form, example: withOneField(reading) });
  for (const [name, inner] of fields) {
    const isList = typeOf(schema, inner) === 'array';
    draft.query[`${parameter.name}[${name}]${isList ? '[]' : ''}`] = below(template, name);
  }
}

/** `a=1&b=2`: the fields of the object are the names. */
function addSpread(draft: RequestDraft, reading: Reading): void {
  const { parameter, schema } = reading;
  const example = withOneField(reading);
  const required = flatten(schema, schema)['required'];
  for (const [name, inner] of Object.entries(propertiesOf(schema, schema))) {
    const isRequired = parameter.required && Array.isArray(required) && (required as readonly JsonValue[]).includes(name);
    const value = field(example, name);
    const source = { vendorName: name, place: 'query', required: isRequired, description: '' } as const;
    draft.query[name] = draft.add({ ...source, schema: toFormSchema(schema, inner), example: parameter.required ? value : undefined });
  }
}

function addQuery(draft: RequestDraft, reading: Reading): void {
  const { parameter, type, schema } = reading;
  const { name, style, explode } = parameter;
  if (parameter.mediaType !== null) draft.query[name] = addWord(draft, reading);
  else if (style === 'deepObject' && type === 'array')
    draft.query[`${name}[]`] = add(draft, reading, { schema: toFormSchema(schema, schema) });
  else if (style === 'deepObject' && (type === 'object' || type === undefined) && Object.keys(propertiesOf(schema, schema)).length > 0)
    addDeepObject(draft, reading);
  else if (type === 'object' && style === 'deepObject') addDeepObject(draft, reading);
  else if (type === 'object' && explode) addSpread(draft, reading);
  else if (type === 'array' && explode && JOINERS[style] === undefined)
    draft.query[name] = add(draft, reading, { schema: toFormSchema(schema, schema) });
  else draft.query[name] = addWord(draft, reading);
}

function isLeftOut(parameter: Parameter, setting: ParameterSetting): boolean {
  const name = parameter.name.toLowerCase();
  if (parameter.in === 'query' && setting.taken.has(parameter.name)) return true;
  if (parameter.in === 'header' && setting.leftHeaders.has(name)) return true;
  if (parameter.in !== 'path' && setting.secretNames.has(name)) return true;
  return setting.hasTokenAuth && (parameter.in === 'query' || parameter.in === 'header') && SECRET.test(name);
}

function addFixed(draft: RequestDraft, { parameter }: Reading, value: JsonValue): void {
  if (parameter.in === 'header') draft.headers[parameter.name] = asText(value, ',');
  else draft.query[parameter.name] = value;
}

function addParameter(draft: RequestDraft, reading: Reading): void {
  const { parameter } = reading;
  const fixed = parameter.required && parameter.in !== 'path' ? fixedValue(reading) : undefined;
  if (fixed !== undefined && !JSON.stringify(fixed).includes('{{')) return addFixed(draft, reading, fixed);
  if (parameter.in === 'query') return addQuery(draft, reading);
  if (parameter.in === 'header') draft.headers[parameter.name] = addWord(draft, reading);
  else if (parameter.in === 'cookie' && parameter.required) draft.cookies.push(`${parameter.name}=${addWord(draft, reading)}`);
}

function pathTemplate(draft: RequestDraft, reading: Reading): string {
  const template = addWord(draft, reading);
  if (reading.parameter.style === 'label') return `.${template}`;
  return reading.parameter.style === 'matrix' ? `;${reading.parameter.name}=${template}` : template;
}

/**
 * Adds fields for all parameters but those that the runtime fills.
 * @returns the path as a template
 */
export function addParameters(
  draft: RequestDraft,
  {
    description,
    operation,
    setting,
  }: { readonly description: Description; readonly operation: Operation; readonly setting: ParameterSetting },
): string {
  const byName = new Map(operation.parameters.filter((one) => one.in === 'path').map((one) => [one.name, one]));
  const [path = '', query = ''] = (operation.path.split('#')[0] ?? '').split('?');
  for (const [name, value] of new URLSearchParams(query)) draft.query[name] = value;
  const filled = path.replaceAll(/\{([^{}]+)\}/g, (_whole, name: string) => {
    const undeclared: Parameter = {
      name,
      in: 'path',
      required: true,
      description: '',
      deprecated: false,
      style: 'simple',
      explode: false,
      schema: TEXT,
      mediaType: null,
      example: undefined,
    };
    return pathTemplate(draft, read(description, byName.get(name) ?? undeclared));
  });
  for (const parameter of operation.parameters)
    if (parameter.in !== 'path' && !isLeftOut(parameter, setting)) addParameter(draft, read(description, parameter));
  if (draft.cookies.length > 0) draft.headers['cookie'] = draft.cookies.join('; ');
  return filled;
}
