import { cleanJson, cleanText, type JsonValue } from '@millwright/core';
import * as Y from 'yjs';
import {
  annotationSchema,
  DOCUMENT_FORMAT,
  edgeSchema,
  nodeSettingsSchema,
  workflowNodeSchema,
  workflowSettingsSchema,
  type Annotation,
  type Edge,
  type NodeSettings,
  type WorkflowDocument,
  type WorkflowNode,
} from '../document.ts';
import { labelledEdge } from '../edge-key.ts';
import { draftMaps, type DraftMaps } from './layout.ts';

interface Ranked<T> {
  readonly value: T;
  readonly rank: number;
  readonly key: string;
}

function plain(value: unknown): Record<string, unknown> {
  if (value instanceof Y.Map) return value.toJSON() as Record<string, unknown>;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function rankOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.MAX_SAFE_INTEGER;
}

function inOrder<T>(ranked: Ranked<T>[]): T[] {
  return ranked.toSorted((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1)).map((entry) => entry.value);
}

/** Settings of which each broken field falls back to its default. */
function readSettings(value: unknown): NodeSettings {
  const given = plain(value);
  const whole = nodeSettingsSchema.safeParse(given);
  if (whole.success) return whole.data;
  const kept = Object.entries(given).filter(([key, field]) => nodeSettingsSchema.safeParse({ [key]: field }).success);
  return nodeSettingsSchema.parse(Object.fromEntries(kept));
}

/** A frame's size; one that makes no sense is left out, so that the frame fits its content. */
function readSize(value: unknown): Pick<WorkflowNode, 'size'> {
  const parsed = workflowNodeSchema.shape.size.safeParse(value);
  return parsed.success && parsed.data !== undefined ? { size: parsed.data } : {};
}

/** One node of a draft as the document says it, its texts storable, or null where it is beyond repair (no type, no id). */
export function readNode(id: string, map: Y.Map<unknown>): WorkflowNode | null {
  const parsed = workflowNodeSchema.safeParse({
    id,
    name: map.get('name') ?? id,
    type: map.get('type'),
    version: map.get('version'),
    position: [map.get('x') ?? 0, map.get('y') ?? 0],
    parameters: plain(map.get('parameters')),
    credentials: plain(map.get('credentials')),
    parent: map.get('parent') ?? null,
    ...readSize(map.get('size')),
    settings: readSettings(map.get('settings')),
  });
  return parsed.success ? (cleanJson(parsed.data as unknown as JsonValue) as unknown as WorkflowNode) : null;
}

const edgesRead = new WeakMap<object, Edge | null>();

/** An edge of a draft, or null where it makes no sense; the same object for the same stored value, which is replaced and never changed. */
export function readEdge(value: unknown): Edge | null {
  if (typeof value !== 'object' || value === null || value instanceof Y.Map) return parseEdge(value);
  const known = edgesRead.get(value);
  if (known !== undefined) return known;
  const edge = parseEdge(value);
  edgesRead.set(value, edge);
  return edge;
}

function parseEdge(value: unknown): Edge | null {
  const { rank: _rank, label: _label, ...edge } = plain(value);
  const parsed = edgeSchema.safeParse(edge);
  return parsed.success ? parsed.data : null;
}

/** @param nodeIds nodes that are there: members that are gone are left out, and come back with their node */
function readAnnotation(value: unknown, nodeIds: ReadonlySet<string>): Annotation | null {
  const { rank: _rank, members, ...annotation } = plain(value);
  const known = Object.keys(plain(members)).filter((id) => nodeIds.has(id));
  const parsed = annotationSchema.safeParse({ ...annotation, ...(members === undefined ? {} : { members: known.toSorted() }) });
  return parsed.success ? parsed.data : null;
}

/** The notes and sections of a draft. @param nodeIds ids of the nodes that are there */
export function readAnnotations(draft: Y.Doc, nodeIds: ReadonlySet<string>): Annotation[] {
  const ranked: Ranked<Annotation>[] = [];
  for (const [key, raw] of draftMaps(draft).annotations.entries()) {
    const value = readAnnotation(raw, nodeIds);
    if (value) ranked.push({ value, rank: rankOf(plain(raw)['rank']), key });
  }
  return inOrder(ranked);
}

/** A node as it was read before, where nothing of it has changed since. */
export type KnownNode = (id: string, map: Y.Map<unknown>) => WorkflowNode | undefined;

function readNodes(nodes: Y.Map<Y.Map<unknown>>, known: KnownNode): WorkflowNode[] {
  const ranked: Ranked<WorkflowNode>[] = [];
  for (const [id, map] of nodes.entries()) {
    const value = map instanceof Y.Map ? (known(id, map) ?? readNode(id, map)) : null;
    if (value) ranked.push({ value, rank: rankOf(map.get('rank')), key: id });
  }
  return inOrder(ranked);
}

/** What stands at an edge, storable; undefined where it is no label. */
export function readLabel(value: unknown): string | undefined {
  const parsed = edgeSchema.shape.label.safeParse(typeof value === 'string' ? cleanText(value) : value);
  return parsed.success ? parsed.data : undefined;
}

const labelledEdges = new WeakMap<Edge, Edge>();

/** An edge with what stands at it; the same object for the same text. */
function withLabel(edge: Edge, value: unknown): Edge {
  const label = value === undefined ? undefined : readLabel(value);
  if (label === undefined) return edge;
  const known = labelledEdges.get(edge);
  if (known?.label === label) return known;
  const made = labelledEdge(edge, label);
  labelledEdges.set(edge, made);
  return made;
}

function readEdges({ edges, labels }: Pick<DraftMaps, 'edges' | 'labels'>, nodeIds: ReadonlySet<string>): Edge[] {
  const ranked: Ranked<Edge>[] = [];
  for (const [key, raw] of edges.entries()) {
    const edge = readEdge(raw);
    if (!edge || !nodeIds.has(edge.from) || !nodeIds.has(edge.to)) continue;
    ranked.push({ value: withLabel(edge, labels.get(key)), rank: rankOf(plain(raw)['rank']), key });
  }
  return inOrder(ranked);
}

/**
 * The document that a draft says: always valid against the schema and storable, whatever was typed or merged into the draft.
 * What cannot be read is left out; `repairDraft` removes it for good.
 * @param known nodes that need not be read again, for whoever reads a draft after each change
 */
export function readDraft(draft: Y.Doc, known: KnownNode = () => undefined): WorkflowDocument {
  const maps = draftMaps(draft);
  const nodes = readNodes(maps.nodes, known);
  const ids = new Set(nodes.map((node) => node.id));
  const settings = workflowSettingsSchema.safeParse(maps.settings.toJSON());
  const name = maps.meta.get('name');
  // Nodes and labels have been cleaned one by one, and an edge holds nothing else but names of the schema's alphabet.
  const rest = cleanJson({
    name: typeof name === 'string' && name.trim() !== '' ? name.slice(0, 200) : 'Untitled',
    settings: settings.success ? settings.data : workflowSettingsSchema.parse({}),
    annotations: readAnnotations(draft, ids),
  } as unknown as JsonValue) as unknown as Pick<WorkflowDocument, 'name' | 'settings' | 'annotations'>;
  return {
    format: DOCUMENT_FORMAT,
    name: rest.name,
    nodes: nodes.map((node) => (node.parent !== null && !ids.has(node.parent) ? { ...node, parent: null } : node)),
    edges: readEdges(maps, ids),
    settings: rest.settings,
    annotations: rest.annotations,
  };
}
