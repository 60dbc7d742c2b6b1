import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { planGrowth } from '../frames.ts';
import { boundsOf, doOverlap, GRID, snap, type Box, type Point } from '../geometry.ts';
import { FRAME, layoutOf, measure } from '../layout.ts';
import { withContent } from '../removal.ts';
import { frameAround, SECTION, sectionsOf, type Section, withMembers } from '../annotations/sections.ts';
import { type Arrange, tidyGraph } from './tidy-graph.ts';
import { levelsOf, ROOT, type Level } from './tidy-levels.ts';

/** Space that stays free between what was tidied and what was not, px. */
const MARGIN = 40;

/** What a plan of order is made from. */
export interface Tidy {
  /** Steps and sections to put in order; null: everything. */
  readonly ids: ReadonlySet<string> | null;
  readonly arrange: Arrange;
}

/** State while levels are put in order, from the inside to the outside. */
interface Work {
  readonly document: WorkflowDocument;
  readonly catalog: NodeTypeCatalog;
  /** Where everything is, as if the frames around it stayed where they are. */
  readonly boxes: Map<string, Box>;
  /** Corners of frames as the places of their content were counted from them. */
  readonly corners: Map<string, Point>;
  /** Sections whose steps were all put in order: their frames fit. */
  readonly fitted: Set<string>;
}

function ceilToGrid(value: number): number {
  return Math.ceil(value / GRID) * GRID;
}

/** The corner that the content of a frame begins at. */
function contentCorner(work: Work, level: Level): Point {
  const frame = work.boxes.get(level.id) ?? { x: 0, y: 0 };
  if (sectionsOf(work.document, work.catalog).find(level.id)) return { x: frame.x + SECTION.pad, y: frame.y + SECTION.head + SECTION.pad };
  return { x: frame.x + FRAME.side, y: frame.y + ceilToGrid(FRAME.head + FRAME.pad) };
}

/** How far down a block has to go so that it lies on nothing else. */
function clearance(block: readonly Box[], others: readonly Box[]): number {
  let down = 0;
  for (;;) {
    const hit = others.find((other) => block.some((box) => doOverlap({ ...box, y: box.y + down }, other, MARGIN / 2)));
    if (!hit) return down;
    const top = Math.min(...block.filter((box) => doOverlap({ ...box, y: box.y + down }, hit, MARGIN / 2)).map((box) => box.y + down));
    down += Math.max(GRID, ceilToGrid(hit.y + hit.height + MARGIN - top));
  }
}

/** Puts the places that were found where the level begins, on the grid, and off what stays where it is. */
function place(work: Work, level: Level, found: { readonly chosen: readonly string[]; readonly places: ReadonlyMap<string, Point> }): void {
  const { boxes } = work;
  const isWhole = found.chosen.length === level.elements.length;
  const old = found.chosen.flatMap((id) => boxes.get(id) ?? []);
  const [cornerX, cornerY] = snap(isWhole && level.id !== ROOT ? contentCorner(work, level) : (boundsOf(old) ?? { x: 0, y: 0 }));
  const left = Math.min(...found.chosen.map((id) => found.places.get(id)?.x ?? 0));
  const top = Math.min(...found.chosen.map((id) => found.places.get(id)?.y ?? 0));
  const block = found.chosen.flatMap((id) => {
    const [box, at] = [boxes.get(id), found.places.get(id)];
    if (!box || !at) return [];
    const [x, y] = snap({ x: at.x - left, y: at.y - top });
    return [{ id, box: { ...box, x: cornerX + x, y: cornerY + y } }];
  });
  const chosen = new Set(found.chosen);
  const others = level.elements.filter((id) => !chosen.has(id)).flatMap((id) => boxes.get(id) ?? []);
  const down = clearance(
    block.map(({ box }) => box),
    others,
  );
  for (const { id, box } of block) boxes.set(id, { ...box, y: box.y + down });
}

/** The frame around a level after its content got new places. */
function refit(work: Work, level: Level, isWhole: boolean): void {
  const content = level.elements.flatMap((id) => work.boxes.get(id) ?? []);
  const section = sectionsOf(work.document, work.catalog).find(level.id);
  if (section) {
    const frame = frameAround(content);
    const box = isWhole ? frame : (boundsOf([section.box, frame]) ?? frame);
    work.boxes.set(level.id, box);
    work.corners.set(level.id, box);
    if (isWhole) work.fitted.add(level.id);
    return;
  }
  const container = work.document.nodes.find((node) => node.id === level.id);
  if (container) work.boxes.set(level.id, measure(container, work.catalog, content));
}

/** How far the frames around something went. */
function shifts(work: Work, sections: ReadonlyMap<string, Section>): (nodeId: string) => Point {
  const { parentOf, boxOf } = layoutOf(work.document, work.catalog);
  const nodes = new Map(work.document.nodes.map((node) => [node.id, node]));
  const known = new Map<string, Point>();
  const shiftOf = (nodeId: string): Point => {
    const cached = known.get(nodeId);
    if (cached) return cached;
    const parent = nodes.get(parentOf(nodeId) ?? '');
    const section = parent ? undefined : sections.get(nodeId);
    const frameId = parent?.id ?? section?.annotation.id ?? '';
    const frame = work.corners.get(frameId) ?? (parent ? boxOf(parent) : section?.box);
    const now = work.boxes.get(frameId);
    const outer = parent ? shiftOf(parent.id) : { x: 0, y: 0 };
    const shift = frame && now ? { x: outer.x + now.x - frame.x, y: outer.y + now.y - frame.y } : outer;
    known.set(nodeId, shift);
    return shift;
  };
  return shiftOf;
}

/** The frame of a section, where it changed: around what it holds, or only gone with what was moved. */
function reframed({ boxes, corners, fitted }: Work, { annotation, box }: Section): DraftChange[] {
  const now = boxes.get(annotation.id);
  if (!now) return [];
  const from = corners.get(annotation.id) ?? box;
  const isFitted = fitted.has(annotation.id);
  const [x, y] = annotation.position;
  const position: [number, number] = isFitted ? [now.x, now.y] : [x + now.x - from.x, y + now.y - from.y];
  const size: [number, number] = isFitted ? [now.width, now.height] : [...annotation.size];
  const old = [...annotation.position, ...annotation.size];
  const isSame = [...position, ...size].every((value, at) => value === old[at]);
  return isSame ? [] : [{ kind: 'changeAnnotation', annotationId: annotation.id, patch: { position, size } }];
}

function changesOf(work: Work): DraftChange[] {
  const { document, catalog, boxes } = work;
  const { all } = sectionsOf(document, catalog);
  const shiftOf = shifts(work, new Map(all.flatMap((section) => section.members.map((node) => [node.id, section] as const))));
  const moved = document.nodes.flatMap((node): DraftChange[] => {
    const [box, shift] = [boxes.get(node.id), shiftOf(node.id)];
    if (!box) return [];
    const position = [box.x + shift.x, box.y + shift.y] as const;
    return position[0] === node.position[0] && position[1] === node.position[1] ? [] : [{ kind: 'moveNode', nodeId: node.id, position }];
  });
  return [...moved, ...all.flatMap((section) => reframed(work, section))];
}

/**
 * Puts steps in order from left to right: containers and sections keep what they hold, notes stay where they are, and so does
 * the upper left corner. Everything comes to lie on the grid, nothing on anything else.
 * @throws whatever `arrange` refuses with; then nothing is to be changed
 */
export async function planTidy(document: WorkflowDocument, catalog: NodeTypeCatalog, { ids, arrange }: Tidy): Promise<DraftChange[]> {
  const layout = layoutOf(document, catalog);
  const wanted = ids === null ? null : withContent(document, catalog, withMembers(document, catalog, ids));
  const boxes = new Map(document.nodes.map((node) => [node.id, layout.boxOf(node)]));
  for (const { annotation, box } of sectionsOf(document, catalog).all) boxes.set(annotation.id, box);
  const work: Work = { document, catalog, boxes, corners: new Map(), fitted: new Set() };
  for (const level of levelsOf(document, catalog)) {
    const chosen = level.elements.filter((id) => wanted === null || wanted.has(id));
    const isWhole = chosen.length === level.elements.length;
    if (chosen.length < (isWhole && level.id !== ROOT ? 1 : 2)) continue;
    const graph = tidyGraph(document, catalog, { level, boxes: new Map(chosen.flatMap((id) => [...mapEntry(boxes, id)])) });
    const places = await arrange(graph);
    if (chosen.some((id) => !places.has(id))) throw new Error('the arrangement left steps out');
    place(work, level, { chosen, places });
    refit(work, level, isWhole);
  }
  const changes = changesOf(work);
  return wanted === null || changes.length === 0 ? changes : [...changes, ...planGrowth(document, catalog, changes)];
}

function mapEntry(boxes: ReadonlyMap<string, Box>, id: string): readonly (readonly [string, Box])[] {
  const box = boxes.get(id);
  return box ? [[id, box]] : [];
}
