import type { JsonObject, JsonValue } from '@millwright/core';
import { DOCUMENT_LIMITS, type Edge, type WorkflowDocument } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import type { DraftChange } from '../document/changes.ts';
import { freeName } from '../graph/names.ts';
import type { Hit } from './find-hits.ts';
import type { TextPlace } from './searchable.ts';

/** A text with hits in it, before and after. */
export interface TextChange {
  readonly of: Hit['of'];
  readonly id: string;
  readonly place: TextPlace;
  readonly before: string;
  readonly after: string;
}

function keyOf({ of, id, place }: Pick<Hit, 'of' | 'id' | 'place'>): string {
  return JSON.stringify([of, id, place.kind, place.kind === 'parameter' ? [place.key, place.path] : null]);
}

function valueAt(value: JsonValue | undefined, path: readonly (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string | number, JsonValue>>)[key] : undefined,
    value,
  );
}

function withValue(value: JsonValue | undefined, path: readonly (string | number)[], leaf: JsonValue): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  if (Array.isArray(value)) return value.map((inner: JsonValue, index) => (index === key ? withValue(inner, rest, leaf) : inner));
  const object = value as JsonObject;
  return { ...object, [key]: withValue(object[key], rest, leaf) };
}

function edgeAt(document: WorkflowDocument, key: string): Edge | undefined {
  return document.edges.find((edge) => edgeKey(edge) === key);
}

/** What stands at a line from now on; emptied, nothing does. */
function labelChange(document: WorkflowDocument, key: string, text: string): readonly DraftChange[] {
  const edge = edgeAt(document, key);
  const label = text.trim().slice(0, DOCUMENT_LIMITS.nameLength);
  return edge ? [{ kind: 'setEdgeLabel', edge, label: label === '' ? undefined : label }] : [];
}

/** The stored value of a place; undefined where it is gone. */
function stored(document: WorkflowDocument, { of, id, place }: Pick<Hit, 'of' | 'id' | 'place'>): JsonValue | undefined {
  if (of === 'annotation') return document.annotations.find((one) => one.id === id)?.text;
  if (of === 'edge') return edgeAt(document, id)?.label;
  const node = document.nodes.find((one) => one.id === id);
  if (!node) return undefined;
  switch (place.kind) {
    case 'name':
      return node.name;
    case 'notes':
      return node.settings.notes;
    case 'parameter':
      return valueAt((node.parameters as JsonObject)[place.key], place.path);
    case 'type':
    case 'data':
      return undefined;
  }
}

/** What the texts of these hits would become; hits that refer to data, types and names of fields are left as they are. */
export function previewReplacement(document: WorkflowDocument, hits: readonly Hit[], to: string): readonly TextChange[] {
  const groups = Map.groupBy(
    hits.filter((hit) => hit.replaceable !== null),
    keyOf,
  );
  return [...groups.values()].flatMap((group): readonly TextChange[] => {
    const [first] = group;
    const value = first && stored(document, first);
    if (!first || value === undefined) return [];
    const before = typeof value === 'string' ? value : JSON.stringify(value);
    let after = '';
    let from = 0;
    for (const [start, end] of group.flatMap((hit) => (hit.replaceable ? [hit.replaceable] : [])).toSorted((a, b) => a[0] - b[0])) {
      after += before.slice(from, start) + to;
      from = end;
    }
    return [{ of: first.of, id: first.id, place: first.place, before, after: after + before.slice(from) }];
  });
}

/** A number stays one where what replaces it reads as one. */
function likeBefore(before: JsonValue | undefined, after: string): JsonValue {
  return typeof before === 'number' && after.trim() !== '' && Number.isFinite(Number(after)) ? Number(after) : after;
}

/**
 * Writes previewed texts, as one list of changes. Names stay unique and are never empty; ids and references are never touched,
 * because no text that holds them is offered.
 */
export function planTextChanges(document: WorkflowDocument, texts: readonly TextChange[]): readonly DraftChange[] {
  const names = new Set(document.nodes.map(({ name }) => name));
  const parameters = new Map<string, { readonly nodeId: string; readonly key: string; value: JsonValue }>();
  const changes: DraftChange[] = [];
  for (const { of, id, place, after } of texts) {
    const node = document.nodes.find((one) => one.id === id);
    if (of === 'annotation') changes.push({ kind: 'changeAnnotation', annotationId: id, patch: { text: after } });
    else if (of === 'edge') changes.push(...labelChange(document, id, after));
    else if (!node) continue;
    else if (place.kind === 'name' && after.trim() !== '') {
      names.delete(node.name);
      const name = freeName(after, names);
      names.add(name);
      changes.push({ kind: 'renameNode', nodeId: id, name });
    } else if (place.kind === 'notes') changes.push({ kind: 'setNodeSetting', nodeId: id, key: 'notes', value: after });
    else if (place.kind === 'parameter') {
      const at = `${id} ${place.key}`;
      const now = parameters.get(at)?.value ?? (node.parameters as JsonObject)[place.key];
      const leaf = likeBefore(valueAt(now, place.path), after);
      parameters.set(at, { nodeId: id, key: place.key, value: withValue(now, place.path, leaf) });
    }
  }
  return [...changes, ...[...parameters.values()].map((one): DraftChange => ({ kind: 'setParameter', ...one }))];
}
