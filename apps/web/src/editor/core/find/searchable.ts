import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { NodeTypeCatalog, NodeTypeInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { type ParameterSpec, parametersOf } from '../graph/parameters.ts';

/** A piece of a text as people read it. */
export interface Piece {
  /** What is searched: of a field of data its friendly name. */
  readonly text: string;
  /** Where it stands in the stored text, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** `plain` may be replaced; what refers to data, the code around it, and values out of a list are only found. */
  readonly kind: 'plain' | 'fixed';
  /** Another way of writing it, by which it is found as a whole. */
  readonly alias?: string;
}

/** Where in a step a text is. */
export type TextPlace =
  | { readonly kind: 'name' }
  | { readonly kind: 'type' }
  /** @see path: keys and positions below the parameter */
  | { readonly kind: 'parameter'; readonly key: string; readonly path: readonly (string | number)[]; readonly isCode: boolean }
  | { readonly kind: 'notes' }
  /** Of the latest run: a way through the data, for people. */
  | { readonly kind: 'data'; readonly path: string };

/** A text that can be found. */
export interface SearchableText {
  readonly place: TextPlace;
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** Cuts an expression into what people read: `tokensOf` of the expressions, with the names of steps. */
export type ReadPieces = (source: string) => readonly Piece[];

/** What a text consists of where it holds no expression. */
export function plainPieces(text: string): readonly Piece[] {
  return [{ text, start: 0, end: text.length, kind: 'plain' }];
}

/** What can only be found: whoever changes it by letters makes it mean something else. */
function fixedPieces(text: string): readonly Piece[] {
  return [{ text, start: 0, end: text.length, kind: 'fixed' }];
}

/** From this depth on data is no longer looked through. */
const MOST_DEEP = 40;

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Texts and numbers inside of a value, in its order. */
function leavesOf(value: JsonValue, path: readonly (string | number)[] = []): readonly Leaf[] {
  if (typeof value === 'string') return value === '' ? [] : [{ path, text: value }];
  if (typeof value === 'number') return [{ path, text: String(value) }];
  if (typeof value !== 'object' || value === null || path.length >= MOST_DEEP) return [];
  const entries = isJsonObject(value) ? Object.entries(value) : (value as readonly JsonValue[]).entries();
  return [...entries].flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** What a search needs to read the texts of steps. */
export interface Reading {
  readonly catalog: NodeTypeCatalog;
  /** Title of a step's type, in the language of the interface. */
  readonly titleOf: (node: WorkflowNode) => string;
  readonly pieces: ReadPieces;
}

/** The schema of a value inside of a parameter. */
function schemaAt(schema: JsonObject, path: readonly (string | number)[]): JsonObject {
  return path.reduce<JsonObject>((at, key) => {
    const properties = at['properties'];
    const inner = typeof key === 'number' ? at['items'] : isJsonObject(properties) ? properties[key] : undefined;
    return isJsonObject(inner) ? inner : {};
  }, schema);
}

function isChoice(schema: JsonObject): boolean {
  const choices = schema['anyOf'] ?? schema['oneOf'];
  const all = Array.isArray(choices) ? (choices as readonly JsonObject[]) : [schema];
  return all.some((one) => isJsonObject(one) && (one['enum'] !== undefined || one['const'] !== undefined));
}

/** Whether a value is one out of a list, the id of something, or the name of a port: never free text. */
function isFixed(info: NodeTypeInfo | undefined, spec: ParameterSpec | undefined, path: readonly (string | number)[]): boolean {
  if (!info || !spec) return false;
  if (spec.control === 'workflow' || isChoice(schemaAt(spec.schema, path))) return true;
  return info.outputsFrom?.parameter === spec.key && path.at(-1) === info.outputsFrom.name;
}

function parameterTexts(node: WorkflowNode, { catalog, pieces }: Reading): readonly SearchableText[] {
  const info = catalog.get(node.type, node.version);
  const specs = new Map((info ? parametersOf(info) : []).map((spec) => [spec.key, spec]));
  return Object.entries(node.parameters as JsonObject).flatMap(([key, value]) => {
    const spec = specs.get(key);
    const isCode = spec?.control === 'code';
    return leavesOf(value).map(({ path, text }): SearchableText => {
      const plain = isFixed(info, spec, path) ? fixedPieces(text) : plainPieces(text);
      return { place: { kind: 'parameter', key, path, isCode }, text, pieces: !isCode && text.includes('{{') ? pieces(text) : plain };
    });
  });
}

/** Every text of a step: name, type, parameters, notes, in the order in which people see them. */
export function textsOf(node: WorkflowNode, reading: Reading): readonly SearchableText[] {
  const title = reading.titleOf(node);
  const { notes } = node.settings;
  return [
    { place: { kind: 'name' }, text: node.name, pieces: plainPieces(node.name) },
    { place: { kind: 'type' }, text: title, pieces: plainPieces(title) },
    ...parameterTexts(node, reading),
    ...(notes === '' ? [] : [{ place: { kind: 'notes' }, text: notes, pieces: plainPieces(notes) } as const]),
  ];
}

/** Most texts of a step's data that are looked through: a sample is there to find a name, not to be a database. */
const MOST_DATA = 2000;

/** The texts of what a step gave in the latest run. */
export function dataTexts(sample: JsonValue): readonly SearchableText[] {
  return leavesOf(sample)
    .slice(0, MOST_DATA)
    .map(({ path, text }) => ({ place: { kind: 'data', path: path.join(' › ') }, text, pieces: plainPieces(text) }));
}

/** Steps in reading order: from left to right, then from top to bottom. */
export function inReadingOrder({ nodes }: WorkflowDocument): readonly WorkflowNode[] {
  return nodes.toSorted((a, b) => a.position[0] - b.position[0] || a.position[1] - b.position[1]);
}
