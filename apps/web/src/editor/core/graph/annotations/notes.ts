import type { Annotation, NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { CARD_WIDTH, doOverlap, GRID, snap, type Point } from '../geometry.ts';
import { layoutOf } from '../layout.ts';
import { newNodeId, takenIn } from '../names.ts';
import { annotationBox } from './sections.ts';

/** Colours of notes and sections, by name; each is a colour of the theme. The first is that of a new note. */
export const ANNOTATION_COLORS = ['yellow', 'blue', 'green', 'violet', 'pink', 'gray'] as const;

/** Colour of a new section. */
export const SECTION_COLOR = 'blue';

/** Longest text of a note that the interface takes, characters. */
export const NOTE_LENGTH = 20_000;

/** Longest name of a section that the interface takes, characters. */
export const SECTION_NAME_LENGTH = 200;

/** Space around a new note, px: room for its colours. */
const AROUND = 40;

const NEW_SIZE: readonly [number, number] = [CARD_WIDTH, 160];

/** An id for a note or section that no step, note or section has. */
export function newAnnotationId(document: WorkflowDocument, kind: Annotation['kind']): string {
  return newNodeId(kind, takenIn(document).ids);
}

/** The wanted place, or the nearest one below it where nothing is covered. */
function freePlace(document: WorkflowDocument, catalog: NodeTypeCatalog, at: Point): readonly [number, number] {
  const { boxOf } = layoutOf(document, catalog);
  const taken = [...document.nodes.map(boxOf), ...document.annotations.filter(({ kind }) => kind === 'note').map(annotationBox)];
  const [x, top] = snap(at);
  for (let y = top; ; y += GRID * 2) {
    const box = { x, y, width: NEW_SIZE[0], height: NEW_SIZE[1] };
    if (!taken.some((other) => doOverlap(box, other, AROUND))) return [x, y];
  }
}

/** An empty note. @param at where its top left corner is wanted, canvas px */
export function newNote(document: WorkflowDocument, catalog: NodeTypeCatalog, at: Point): Annotation {
  return {
    id: newAnnotationId(document, 'note'),
    kind: 'note',
    position: [...freePlace(document, catalog, at)],
    size: [...NEW_SIZE],
    text: '',
    color: ANNOTATION_COLORS[0],
  };
}

/** A note or section in a list that is read from top to bottom, such as the Outline. */
export interface AnnotationRow {
  readonly id: string;
  readonly kind: Annotation['kind'];
  /** The first line of a note without its marks, or the name of a section; empty where there is none. */
  readonly title: string;
  /** Ids of the steps of a section. */
  readonly members: readonly string[];
}

/** Sections, then notes, each in reading order. */
export function annotationRows(document: Pick<WorkflowDocument, 'annotations'>): readonly AnnotationRow[] {
  return document.annotations
    .toSorted((a, b) => b.kind.localeCompare(a.kind) || a.position[0] - b.position[0] || a.position[1] - b.position[1])
    .map(({ id, kind, text, members }) => ({ id, kind, title: titleOf(text), members: members ?? [] }));
}

/** The first line that says something, without the marks of a heading, list or emphasis. */
export function titleOf(text: string): string {
  const line = text.split('\n').find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? '';
  return line
    .replace(/^\s*(?:#{1,6}|[-*+]|\d+[.)])\s+/, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*_`]+/g, '')
    .trim()
    .slice(0, SECTION_NAME_LENGTH);
}
