import type { Annotation, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { boundsOf, CARD_HEIGHT, CARD_WIDTH, type Box, type Point } from '../geometry.ts';
import { findNode } from '../graph-queries.ts';
import { layoutOf } from '../layout.ts';

/** Measures of a section's frame, canvas px at zoom 1. */
export const SECTION = {
  /** Height of the bar with the name, by which the section is dragged. */
  head: 40,
  /** Space between the frame and the steps in it. */
  pad: 24,
} as const;

/** A section with what it holds now. */
export interface Section {
  readonly annotation: Annotation;
  /** Steps outside of containers that belong to it and to no section before it. */
  readonly members: readonly WorkflowNode[];
  /** As large as was chosen, at least as large as its steps need. */
  readonly box: Box;
}

/** The sections of a document. */
export interface Sections {
  readonly all: readonly Section[];
  readonly find: (sectionId: string) => Section | undefined;
  /** The section that directly holds a step; undefined for none and for what lies in containers. */
  readonly holding: (nodeId: string) => Section | undefined;
}

/** The rectangle of an annotation as the document says it. */
export function annotationBox({ position, size }: Annotation): Box {
  return { x: position[0], y: position[1], width: size[0], height: size[1] };
}

/** The frame around steps; as small as can be without any. */
export function frameAround(content: readonly Box[]): Box {
  const inside = boundsOf(content) ?? { x: SECTION.pad, y: SECTION.head + SECTION.pad, width: CARD_WIDTH, height: CARD_HEIGHT };
  const { head, pad } = SECTION;
  return { x: inside.x - pad, y: inside.y - pad - head, width: inside.width + pad * 2, height: inside.height + head + pad * 2 };
}

function createSections(document: WorkflowDocument, catalog: NodeTypeCatalog): Sections {
  const { parentOf, boxOf } = layoutOf(document, catalog);
  const sections = document.annotations.filter((annotation) => annotation.kind === 'section');
  const owner = new Map<string, string>();
  for (const { id, members = [] } of sections) for (const nodeId of members) if (!owner.has(nodeId)) owner.set(nodeId, id);
  const loose = document.nodes.filter((node) => owner.has(node.id) && parentOf(node.id) === null);
  const held = Map.groupBy(loose, (node) => owner.get(node.id));
  const all = sections.map((annotation): Section => {
    const members = held.get(annotation.id) ?? [];
    const own = annotationBox(annotation);
    return { annotation, members, box: members.length === 0 ? own : (boundsOf([own, frameAround(members.map(boxOf))]) ?? own) };
  });
  const byId = new Map(all.map((section) => [section.annotation.id, section]));
  return {
    all,
    find: (sectionId) => byId.get(sectionId),
    holding: (nodeId) => (parentOf(nodeId) === null ? byId.get(owner.get(nodeId) ?? '') : undefined),
  };
}

interface Known {
  readonly nodes: readonly WorkflowNode[];
  readonly catalog: NodeTypeCatalog;
  readonly sections: Sections;
}

const known = new WeakMap<readonly Annotation[], Known>();

/** The sections of a document; made once for each state of steps and sections. */
export function sectionsOf(document: WorkflowDocument, catalog: NodeTypeCatalog): Sections {
  const entry = known.get(document.annotations);
  if (entry?.nodes === document.nodes && entry.catalog === catalog) return entry.sections;
  const sections = createSections(document, catalog);
  known.set(document.annotations, { nodes: document.nodes, catalog, sections });
  return sections;
}

/** The last section at a point: it is drawn above those before it. */
export function sectionAt(sections: Sections, { x, y }: Point): Section | undefined {
  return sections.all.findLast(({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
}

/** A note or section by id. */
export function findAnnotation(document: WorkflowDocument, id: string): Annotation | undefined {
  return document.annotations.find((annotation) => annotation.id === id);
}

/** Where anything on the canvas is: step, container, note or section. */
export function boxOfAny(document: WorkflowDocument, catalog: NodeTypeCatalog, id: string): Box | undefined {
  const node = findNode(document, id);
  if (node) return layoutOf(document, catalog).boxOf(node);
  const annotation = findAnnotation(document, id);
  return annotation && (sectionsOf(document, catalog).find(id)?.box ?? annotationBox(annotation));
}

/** These ids, and the steps of the sections among them. */
export function withMembers(document: WorkflowDocument, catalog: NodeTypeCatalog, ids: ReadonlySet<string>): ReadonlySet<string> {
  const { all } = sectionsOf(document, catalog);
  return new Set([
    ...ids,
    ...all.filter(({ annotation }) => ids.has(annotation.id)).flatMap(({ members }) => members.map((node) => node.id)),
  ]);
}
