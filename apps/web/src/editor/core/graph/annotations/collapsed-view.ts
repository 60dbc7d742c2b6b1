import {
  nodeSettingsSchema,
  type Annotation,
  type Edge,
  type NodeTypeCatalog,
  type WorkflowDocument,
  type WorkflowNode,
} from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import type { Point } from '../geometry.ts';
import { layoutOf } from '../layout.ts';
import { SECTION, sectionsOf, type Section } from './sections.ts';

/** Type of the card that stands for a collapsed section; no catalog has it, so it has one port on each side. */
export const SECTION_TYPE = 'section';

const NONE: ReadonlySet<string> = new Set();
const chosen = new WeakMap<readonly Annotation[], { readonly choices: ReadonlyMap<string, boolean>; readonly ids: ReadonlySet<string> }>();

/**
 * Ids of the sections that are shown as one card: as this person chose, else as the document says.
 * The same set until sections or choices change.
 */
export function collapsedIn(document: WorkflowDocument, choices: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const known = chosen.get(document.annotations);
  if (known?.choices === choices) return known.ids;
  const found = document.annotations.filter(({ kind, id, isCollapsed }) => kind === 'section' && (choices.get(id) ?? isCollapsed ?? false));
  const ids = found.length === 0 ? NONE : new Set(found.map(({ id }) => id));
  chosen.set(document.annotations, { choices, ids });
  return ids;
}

/** Where the card of a collapsed section stands: in place of its first step, so that the line to it stays as it is. */
export function cardPlace({ box, members }: Section): Point {
  const [first] = members.toSorted((a, b) => a.position[0] - b.position[0] || a.position[1] - b.position[1]);
  return first ? { x: first.position[0], y: first.position[1] } : { x: box.x + SECTION.pad, y: box.y + SECTION.head + SECTION.pad };
}

const cards = new WeakMap<Annotation, WorkflowNode>();

/** The card of a collapsed section as a step; the same object while it stays where it is. */
function cardOf(section: Section): WorkflowNode {
  const { annotation } = section;
  const { x, y } = cardPlace(section);
  const known = cards.get(annotation);
  if (known && known.position[0] === x && known.position[1] === y) return known;
  const card: WorkflowNode = {
    id: annotation.id,
    name: annotation.text === '' ? ' ' : annotation.text.slice(0, 200),
    type: SECTION_TYPE,
    version: 1,
    position: [x, y],
    parameters: {},
    credentials: {},
    parent: null,
    settings: nodeSettingsSchema.parse({}),
  };
  cards.set(annotation, card);
  return card;
}

/** Lines to and from hidden steps lead to the card of their section; lines inside of it are hidden, equal ones are one. */
function proxied(edges: readonly Edge[], cardFor: ReadonlyMap<string, string>): Edge[] {
  const found = new Map<string, Edge>();
  for (const edge of edges) {
    const from = cardFor.get(edge.from);
    const to = cardFor.get(edge.to);
    if (from !== undefined && from === to) continue;
    const shown: Edge = {
      ...edge,
      ...(from === undefined ? {} : { from, output: 'main' }),
      ...(to === undefined ? {} : { to, input: 'main' }),
    };
    const key = edgeKey(shown);
    if (!found.has(key)) found.set(key, from === undefined && to === undefined ? edge : shown);
  }
  return [...found.values()];
}

interface View {
  readonly collapsed: ReadonlySet<string>;
  readonly catalog: NodeTypeCatalog;
  readonly shown: WorkflowDocument;
}

const views = new WeakMap<WorkflowDocument, View>();

/**
 * The document as it is drawn: each collapsed section is one card with its lines, and what it holds is hidden. Only for looking
 * at: what is changed, is changed in the document itself. The same object while nothing is collapsed.
 */
export function collapsedView(document: WorkflowDocument, catalog: NodeTypeCatalog, collapsed: ReadonlySet<string>): WorkflowDocument {
  if (collapsed.size === 0) return document;
  const known = views.get(document);
  if (known?.collapsed === collapsed && known.catalog === catalog) return known.shown;
  const { within } = layoutOf(document, catalog);
  const closed = sectionsOf(document, catalog).all.filter(({ annotation }) => collapsed.has(annotation.id));
  const cardFor = new Map<string, string>();
  for (const { annotation, members } of closed)
    for (const { id } of members) for (const hidden of [id, ...within(id)]) cardFor.set(hidden, annotation.id);
  const shown: WorkflowDocument = {
    ...document,
    nodes: [...document.nodes.filter((node) => !cardFor.has(node.id)), ...closed.map(cardOf)],
    edges: proxied(document.edges, cardFor),
    annotations: document.annotations.filter((annotation) => !collapsed.has(annotation.id)),
  };
  views.set(document, { collapsed, catalog, shown });
  return shown;
}

/** The collapsed section that hides a step; null where the step is drawn. */
export function hiddenBy(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  step: { readonly nodeId: string; readonly collapsed: ReadonlySet<string> },
): string | null {
  if (step.collapsed.size === 0) return null;
  const { parentOf } = layoutOf(document, catalog);
  let outermost = step.nodeId;
  for (let parent = parentOf(outermost); parent !== null; parent = parentOf(outermost)) outermost = parent;
  const section = sectionsOf(document, catalog).holding(outermost)?.annotation.id;
  return section !== undefined && step.collapsed.has(section) ? section : null;
}
