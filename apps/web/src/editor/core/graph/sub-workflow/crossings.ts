import type { JsonObject } from '@millwright/core';
import type { Reference, TextEdit } from '@millwright/expressions/browser';
import type { NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { findNode } from '../graph-queries.ts';
import { parametersOf } from '../parameters.ts';
import type { Refused } from './boundary.ts';

/** What of the expressions the plans need; given, as it is fetched when it is first needed. */
export interface ExpressionTools {
  readonly references: (source: string) => readonly Reference[];
  readonly applyEdits: (source: string, edits: readonly TextEdit[]) => string;
  readonly mapExpressions: (value: JsonObject, change: (source: string) => string) => JsonObject;
  readonly renameNodesIn: (value: JsonObject, names: ReadonlyMap<string, string>) => JsonObject;
  readonly fieldSource: (field: { readonly of: 'node'; readonly node: string; readonly path: readonly string[] }) => string;
}

/** A place where a step reads data of another one. */
export interface Crossing {
  readonly reader: WorkflowNode;
  /** Id of the step that is read. */
  readonly of: string;
  /** What is read before the first key: `$('lead').item.json`. */
  readonly source: string;
  /** By lineage, hence another value for each item; else the same for all. */
  readonly isOfItem: boolean;
}

/** A step by its id, then by its name: as expressions find it. */
function findNamed({ nodes }: WorkflowDocument, name: string): WorkflowNode | undefined {
  return nodes.find(({ id }) => id === name) ?? nodes.find((node) => node.name === name);
}

/** Where the part of a reference ends that gives the data, before the keys into it. */
function rootEnd({ end, keys }: Reference): number {
  return keys[0]?.start ?? end;
}

/** That part, with the step by its id: two ways of naming it are one. */
function rootOf(source: string, reference: Reference, id: string): string {
  const { start, node } = reference;
  const end = rootEnd(reference);
  const isQuoted = node !== undefined && /['"`]/.test(source.charAt(node.start));
  return isQuoted ? `${source.slice(start, node.start)}'${id}'${source.slice(node.end, end)}` : source.slice(start, end);
}

/** Names in a program: it is no expression, so it is only looked through for what it may mean. */
const NAMED = /(['"`])((?:(?!\1)[^\\\n])+)\1/g;

function programMentions(text: string, isMeant: (name: string) => boolean): boolean {
  return (
    [...text.matchAll(NAMED)].some(([, , name = '']) => isMeant(name)) ||
    /\$(?:items|node)?\s*[([]\s*[^'"`\s]/.test(text.replaceAll('$items()', ''))
  );
}

/** Texts of a step that hold expressions, and those that hold programs. */
function textsOf(node: WorkflowNode, catalog: NodeTypeCatalog): { readonly programs: readonly string[]; readonly values: JsonObject } {
  const info = catalog.get(node.type, node.version);
  const codes = new Set((info ? parametersOf(info) : []).flatMap(({ key, control }) => (control === 'code' ? [key] : [])));
  const parameters = node.parameters as JsonObject;
  const programs = [...codes].flatMap((key) => (typeof parameters[key] === 'string' ? [parameters[key]] : []));
  return { programs, values: Object.fromEntries(Object.entries(parameters).filter(([key]) => !codes.has(key))) };
}

/** What a group of steps reads of another group. */
export interface CrossingQuery {
  readonly readers: readonly WorkflowNode[];
  /** Whether a step belongs to those that are read. */
  readonly isRead: (nodeId: string) => boolean;
  readonly tools: Pick<ExpressionTools, 'references' | 'mapExpressions'>;
}

/** Every place where the readers read data of the others; a refusal where something is read that is no data, or cannot be told. */
export function crossingsOf(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { readers, isRead, tools }: CrossingQuery,
): readonly Crossing[] | Refused {
  const found: Crossing[] = [];
  const isMeant = (name: string): boolean => isRead(findNamed(document, name)?.id ?? '');
  for (const reader of readers) {
    const { programs, values } = textsOf(reader, catalog);
    if (programs.some((text) => programMentions(text, isMeant))) return { refusal: 'program', nodeId: reader.id };
    let refused: Refused | null = null;
    tools.mapExpressions(values, (source) => {
      try {
        for (const one of tools.references(source)) {
          if (one.node === undefined || !isMeant(one.node.name)) continue;
          const of = findNamed(document, one.node.name)?.id ?? '';
          if (one.isData || one.isList) found.push({ reader, of, source: rootOf(source, one, of), isOfItem: one.items === 'item' });
          else refused = { refusal: 'reads', nodeId: reader.id };
        }
      } catch {
        // What cannot be read cannot be rewritten; where it names none of the steps there is nothing to rewrite.
        if (programMentions(source, isMeant)) refused = { refusal: 'unreadable', nodeId: reader.id };
      }
      return source;
    });
    if (refused) return refused;
  }
  return found;
}

/** Another source for what was read; undefined leaves it. */
export type Rewrite = (crossing: Pick<Crossing, 'of' | 'source' | 'isOfItem'>) => string | undefined;

/** A step's parameters with what it reads rewritten, by the places that the syntax tree gives; all else stays to the letter. */
export function rewriteReads(
  document: WorkflowDocument,
  parameters: JsonObject,
  { rewrite, tools }: { readonly rewrite: Rewrite; readonly tools: ExpressionTools },
): JsonObject {
  return tools.mapExpressions(parameters, (source) => {
    try {
      const edits = tools.references(source).flatMap((one): readonly TextEdit[] => {
        if (one.node === undefined || !(one.isData || one.isList)) return [];
        const of = findNamed(document, one.node.name)?.id ?? one.node.name;
        const text = rewrite({ of, source: rootOf(source, one, of), isOfItem: one.items === 'item' });
        return text === undefined ? [] : [{ start: one.start, end: rootEnd(one), text }];
      });
      return tools.applyEdits(source, edits);
    } catch {
      return source;
    }
  });
}

/** Changes that give a step other parameters. */
export function parameterChanges(document: WorkflowDocument, nodeId: string, after: JsonObject): readonly DraftChange[] {
  const before = (findNode(document, nodeId)?.parameters ?? {}) as JsonObject;
  return Object.entries(after).flatMap(([key, value]): readonly DraftChange[] =>
    before[key] === value ? [] : [{ kind: 'setParameter', nodeId, key, value }],
  );
}
