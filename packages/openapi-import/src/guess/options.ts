import type { OptionsSpec, RequestTemplate } from '@millwright/node-sdk';
import { readOperation, type Description, type OperationEntry } from '@millwright/openapi';
import type { InputField } from '../form/input-field.ts';
import { camelOf, wordsOf } from '../words.ts';
import { findItems, goodAnswer } from './items.ts';
import { propertiesOf, typeOf } from './schema-paths.ts';

const LABELS = [
  'name',
  'title',
  'displayname',
  'display_name',
  'full_name',
  'fullname',
  'label',
  'summary',
  'subject',
  'email',
  'login',
  'username',
  'key',
  'description',
];

/** A dropdown with the name under which it is kept. */
export interface GuessedOptions {
  readonly name: string;
  readonly spec: OptionsSpec;
}

/** The path of the collection that an id names one of: `/customers/{id}/notes` and `id` → `/customers`. */
function collectionOf(path: string, parameter: string): string | null {
  const at = path.indexOf(`/{${parameter}}`);
  return at > 0 ? path.slice(0, at) : null;
}

/** The field of an entry that is the id: the parameter's own name, its last word, or `id`. */
function valueField(names: readonly string[], parameter: string): string | undefined {
  const words = wordsOf(parameter);
  const wanted = [parameter, words.join('_'), camelOf(words), words.at(-1) ?? '', 'id', 'gid', 'uuid', 'sid', 'key', 'slug'];
  return wanted.map((one) => names.find((name) => name.toLowerCase() === one.toLowerCase())).find((name) => name !== undefined);
}

function fillPath(path: string, fields: readonly InputField[]): string {
  return path.replaceAll(
    /\{([^{}]+)\}/g,
    (_whole, vendorName: string) =>
      `{{${fields.find((field) => field.place === 'path' && field.vendorName === vendorName)?.name ?? vendorName}}}`,
  );
}

/** Looks for the lists from which ids of paths can be chosen. */
export class OptionsGuess {
  readonly #description: Description;
  readonly #byPath: ReadonlyMap<string, OperationEntry>;
  readonly #known = new Map<
    string,
    { readonly items: string; readonly value: string; readonly label: string; readonly type: string | undefined } | null
  >();

  constructor(description: Description, entries: readonly OperationEntry[]) {
    this.#description = description;
    this.#byPath = new Map(entries.filter(({ method }) => method === 'GET').map((entry) => [entry.path, entry]));
  }

  /** The dropdown for a field of a path; null where no list of the API gives its values. */
  guess(path: string, field: InputField, fields: readonly InputField[]): GuessedOptions | null {
    if (field.place !== 'path') return null;
    const collection = collectionOf(path, field.vendorName);
    const list = collection === null ? null : this.#list(collection, field.vendorName);
    if (collection === null || list === null) return null;
    const ownType = Array.isArray(field.schema['type']) ? undefined : field.schema['type'];
    if (list.type !== undefined && ownType !== undefined && ownType !== list.type) return null;
    const words = collection.split('/').flatMap((part) => (part.startsWith('{') ? [] : wordsOf(part)));
    const request: RequestTemplate = { get: fillPath(collection, fields) };
    return {
      name: camelOf([...words.slice(-3), 'by', ...wordsOf(list.value)]),
      spec: { request, items: list.items, value: list.value, label: list.label },
    };
  }

  #list(collection: string, parameter: string) {
    const key = `${collection} ${parameter}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#read(collection, parameter);
    this.#known.set(key, found);
    return found;
  }

  #read(collection: string, parameter: string) {
    const entry = this.#byPath.get(collection) ?? this.#byPath.get(`${collection}.json`);
    if (entry === undefined) return null;
    const operation = readOperation(this.#description, entry.method, entry.path);
    if (operation.parameters.some((one) => one.required && one.in !== 'path')) return null;
    const answer = goodAnswer(this.#description, operation);
    const items = answer === null ? null : findItems(answer, operation);
    if (answer === null || items === null) return null;
    const properties = propertiesOf(answer.schema, items.item);
    const names = Object.keys(properties).filter((name) => /^[\w$-]+$/.test(name));
    const value = valueField(names, parameter);
    if (value === undefined) return null;
    const isText = (name: string): boolean => typeOf(answer.schema, properties[name] ?? {}) === 'string';
    const label =
      LABELS.map((one) => names.find((name) => name.toLowerCase() === one && isText(name))).find((name) => name !== undefined) ?? value;
    return { items: items.path, value, label, type: typeOf(answer.schema, properties[value] ?? {}) };
  }
}
