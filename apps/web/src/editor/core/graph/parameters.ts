import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { FieldHints, NodeTypeInfo, WorkflowNode } from '@millwright/workflow';

/** What a parameter is edited with; `records` is a list of objects with a schema of their own. */
type FieldControl = NonNullable<FieldHints['control']> | 'records';

/** One parameter of a node type, ready for a form. */
export interface ParameterSpec {
  readonly key: string;
  /** Last part of the key: the name of the field inside an entry of a list. */
  readonly name: string;
  /** English; translated by the type's locales. */
  readonly title: string;
  readonly description: string;
  readonly control: FieldControl;
  /** Several of the options may hold: the value is a list. */
  readonly isMultiple: boolean;
  readonly isRequired: boolean;
  readonly default: JsonValue | undefined;
  /** Values of an options field, with English labels. */
  readonly options: readonly { readonly value: JsonValue; readonly label: string }[];
  readonly showIf: FieldHints['showIf'];
  /** Values are read from the service. */
  readonly load: FieldHints['load'];
  /** Whether `{{ }}` is allowed. */
  readonly allowsExpression: boolean;
  readonly placeholder: string;
  readonly unit: string;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly schema: JsonObject;
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function number(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The branches of a union, or the schema alone. */
function branches(schema: JsonObject): readonly JsonObject[] {
  const list = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(list) ? list.filter(isJsonObject) : [schema];
}

/** How an option is named in hints and locales: its text, or its JSON. */
export function optionName(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first of a schema's branches that says something about this key. */
function say(schema: JsonObject, key: string): JsonValue | undefined {
  return [schema, ...branches(schema)].find((branch) => branch[key] !== undefined)?.[key];
}

function enumOf(schema: JsonObject): readonly JsonValue[] {
  const listed = isJsonObject(schema['items']) ? schema['items'] : schema;
  const own = branches(listed).flatMap((branch) => {
    if (Array.isArray(branch['enum'])) return branch['enum'] as readonly JsonValue[];
    return branch['const'] === undefined ? [] : [branch['const']];
  });
  return own;
}

const CONTROL_BY_TYPE: Readonly<Record<string, ParameterSpec['control']>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'switch',
  array: 'json',
  object: 'json',
};

function controlOf(schema: JsonObject, hints: FieldHints): ParameterSpec['control'] {
  if (hints.control !== undefined) return hints.control;
  const items = schema['items'];
  if (schema['type'] === 'array' && isJsonObject(items) && isJsonObject(items['properties'])) return 'records';
  if (enumOf(schema).length > 0) return 'options';
  const types = branches(schema).map((branch) => text(branch['type']));
  return (
    types.map((type) => CONTROL_BY_TYPE[type]).find((control) => control !== undefined && control !== 'text') ??
    CONTROL_BY_TYPE[types[0] ?? ''] ??
    'json'
  );
}

function readParameter(key: string, schema: JsonObject, isRequired: boolean): ParameterSpec {
  const hints = (isJsonObject(schema['field']) ? schema['field'] : {}) as FieldHints;
  const control = controlOf(schema, hints);
  const name = key.slice(key.lastIndexOf('.') + 1);
  return {
    key,
    name,
    title: text(schema['title']) || humanise(name),
    description: text(schema['description']),
    control,
    isMultiple: schema['type'] === 'array' && control === 'options',
    isRequired,
    default: schema['default'],
    options: enumOf(schema).map((value) => ({ value, label: hints.options?.[optionName(value)] ?? humanise(optionName(value)) })),
    showIf: hints.showIf,
    load: hints.load,
    allowsExpression: hints.expression ?? !(control === 'options' || control === 'switch'),
    placeholder: hints.placeholder ?? '',
    unit: hints.unit ?? '',
    minimum: number(say(schema, 'minimum')),
    maximum: number(say(schema, 'maximum')),
    schema,
  };
}

/** `responseStatus` → `Response status`. */
export function humanise(key: string): string {
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ');
  return /^[A-Z]+$/.test(key) ? key : words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/**
 * The fields of an object's schema.
 * @param path key of the list whose entries these are; their keys and words lie below it
 */
export function parametersIn(schema: JsonObject, path = ''): readonly ParameterSpec[] {
  const properties = schema['properties'];
  const required = schema['required'];
  const isRequired = (key: string): boolean => Array.isArray(required) && required.includes(key);
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([key, property]) =>
    isJsonObject(property) ? [readParameter(path === '' ? key : `${path}.${key}`, property, isRequired(key))] : [],
  );
}

const specs = new WeakMap<NodeTypeInfo, readonly ParameterSpec[]>();

/** The parameters of a node type in the order in which it declares them. */
export function parametersOf(info: NodeTypeInfo): readonly ParameterSpec[] {
  const known = specs.get(info);
  if (known) return known;
  const read = parametersIn(info.parameters);
  specs.set(info, read);
  return read;
}

/** The value that holds: what is set, else the default. */
export function effectiveValue(node: WorkflowNode, spec: ParameterSpec): JsonValue | undefined {
  return node.parameters[spec.key] ?? spec.default;
}

/** Whether a parameter is shown now. Hiding never drops the value. */
export function isShown(node: WorkflowNode, info: NodeTypeInfo, spec: ParameterSpec): boolean {
  const { showIf } = spec;
  if (!showIf) return true;
  const other = parametersOf(info).find((candidate) => candidate.key === showIf.parameter);
  const value = other ? effectiveValue(node, other) : undefined;
  return showIf.in.some((wanted) => JSON.stringify(wanted) === JSON.stringify(value));
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Keys of required parameters that are shown and still empty: "2 to fill in". */
export function missingParameters(node: WorkflowNode, info: NodeTypeInfo | undefined): readonly string[] {
  if (!info) return [];
  return parametersOf(info)
    .filter((spec) => spec.isRequired && isShown(node, info, spec) && isEmpty(effectiveValue(node, spec)))
    .map((spec) => spec.key);
}
