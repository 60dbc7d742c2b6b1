import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { withChanges } from '../../document/with-changes.ts';
import { type Move, planDrop, planMove } from '../frames.ts';
import { GRID, snap, type Point } from '../geometry.ts';
import { findNode } from '../graph-queries.ts';
import { layoutOf } from '../layout.ts';
import { findAnnotation, frameAround, sectionAt, sectionsOf, withMembers } from './sections.ts';

/** Largest and smallest side of a note, canvas px. */
export const NOTE_SIZE = { minWidth: 120, minHeight: 64, max: 4000 } as const;

/** Why steps cannot be grouped. */
export type GroupRefusal = 'groupNothing' | 'groupInside';

/** Steps outside of containers that a selection stands for; null where one lies in a container that is not selected. */
function groupable(document: WorkflowDocument, catalog: NodeTypeCatalog, ids: ReadonlySet<string>): readonly string[] | null {
  const { within, parentOf } = layoutOf(document, catalog);
  const all = withMembers(document, catalog, ids);
  const carried = new Set([...all].flatMap(within));
  const loose = document.nodes.filter((node) => all.has(node.id) && !carried.has(node.id)).map((node) => node.id);
  return loose.some((id) => parentOf(id) !== null) ? null : loose;
}

/** Groups steps into a new section. Sections that this leaves empty go. */
export function planGroup(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  group: { readonly ids: ReadonlySet<string>; readonly sectionId: string; readonly color: string },
): DraftChange[] | GroupRefusal {
  const members = groupable(document, catalog, group.ids);
  if (members === null) return 'groupInside';
  if (members.length === 0) return 'groupNothing';
  const chosen = new Set(members);
  const { boxOf } = layoutOf(document, catalog);
  const frame = frameAround(document.nodes.filter((node) => chosen.has(node.id)).map(boxOf));
  const [x, y] = [Math.floor(frame.x / GRID) * GRID, Math.floor(frame.y / GRID) * GRID];
  const left = sectionsOf(document, catalog).all.flatMap((section): DraftChange[] => {
    const gone = section.members.filter((node) => chosen.has(node.id));
    if (gone.length === 0) return [];
    if (gone.length === section.members.length) return [{ kind: 'removeAnnotation', annotationId: section.annotation.id }];
    return gone.map((node): DraftChange => ({ kind: 'setMember', sectionId: section.annotation.id, nodeId: node.id, isMember: false }));
  });
  const size: [number, number] = [frame.x + frame.width - x, frame.y + frame.height - y];
  return [
    ...left,
    {
      kind: 'addAnnotation',
      annotation: {
        id: group.sectionId,
        kind: 'section',
        position: [x, y],
        size,
        text: '',
        color: group.color,
        members: members.toSorted(),
      },
    },
  ];
}

/** Sections that a selection means: chosen themselves, or around chosen steps. */
export function sectionsMeant(document: WorkflowDocument, catalog: NodeTypeCatalog, ids: ReadonlySet<string>): readonly string[] {
  return sectionsOf(document, catalog)
    .all.filter(({ annotation, members }) => ids.has(annotation.id) || members.some((node) => ids.has(node.id)))
    .map(({ annotation }) => annotation.id);
}

/** How far a section goes: whole steps of the grid, so that its steps stay as they are to each other. */
function shiftOf(from: Point, to: Point): Point {
  return { x: Math.round((to.x - from.x) / GRID) * GRID, y: Math.round((to.y - from.y) / GRID) * GRID };
}

/** Moves anything: a section takes its steps along, a container what it holds. */
export function planMoveAny(document: WorkflowDocument, catalog: NodeTypeCatalog, moves: readonly Move[]): DraftChange[] {
  const sections = sectionsOf(document, catalog);
  const nodeMoves = new Map<string, Move>();
  const changes: DraftChange[] = [];
  for (const move of moves) if (findNode(document, move.nodeId)) nodeMoves.set(move.nodeId, move);
  for (const { nodeId: id, to } of moves) {
    const annotation = findAnnotation(document, id);
    if (!annotation) continue;
    const section = sections.find(id);
    const shift = shiftOf(section?.box ?? { x: annotation.position[0], y: annotation.position[1] }, to);
    const [x, y] = section ? [annotation.position[0] + shift.x, annotation.position[1] + shift.y] : snap(to);
    if (x !== annotation.position[0] || y !== annotation.position[1])
      changes.push({ kind: 'changeAnnotation', annotationId: id, patch: { position: [x, y] } });
    for (const node of section?.members ?? [])
      nodeMoves.set(node.id, { nodeId: node.id, to: { x: node.position[0] + shift.x, y: node.position[1] + shift.y } });
  }
  return [...planMove(document, catalog, [...nodeMoves.values()]), ...changes];
}

/** Which section each moved step belongs to where it was dropped. */
function memberships(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  drop: { readonly ids: readonly string[]; readonly after: WorkflowDocument; readonly collapsed: ReadonlySet<string> },
): DraftChange[] {
  const before = sectionsOf(document, catalog);
  const out = drop.ids.flatMap((nodeId): DraftChange[] => {
    const section = before.holding(nodeId);
    return section ? [{ kind: 'setMember', sectionId: section.annotation.id, nodeId, isMember: false }] : [];
  });
  const loose = withChanges(drop.after, out);
  const layout = layoutOf(loose, catalog);
  const open = { ...loose, annotations: loose.annotations.filter((annotation) => !drop.collapsed.has(annotation.id)) };
  const there = sectionsOf(open, catalog);
  return drop.ids.flatMap((nodeId): DraftChange[] => {
    const node = findNode(loose, nodeId);
    const box = node && layout.boxOf(node);
    const isLoose = box !== undefined && layout.parentOf(nodeId) === null;
    const now = isLoose ? sectionAt(there, { x: box.x + box.width / 2, y: box.y + box.height / 2 })?.annotation.id : undefined;
    const was = before.holding(nodeId)?.annotation.id;
    if (now === was) return [];
    const changes: DraftChange[] = was === undefined ? [] : [{ kind: 'setMember', sectionId: was, nodeId, isMember: false }];
    return now === undefined ? changes : [...changes, { kind: 'setMember', sectionId: now, nodeId, isMember: true }];
  });
}

/**
 * Drops what was moved, steps, notes and sections: steps go into the container or section that they were dropped on, or out of
 * the one that they left; a section takes its steps along.
 * @param drop moves, and ids of sections that are shown as one card: nothing can be dropped into those
 */
export function planDropAny(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  drop: { readonly moves: readonly Move[]; readonly collapsed: ReadonlySet<string> },
): DraftChange[] {
  const sections = sectionsOf(document, catalog);
  const moved = new Set(drop.moves.map((move) => move.nodeId));
  const { within } = layoutOf(document, catalog);
  const isCarried = (nodeId: string): boolean => moved.has(sections.holding(nodeId)?.annotation.id ?? '');
  const steps = drop.moves.filter((move) => findNode(document, move.nodeId) && !isCarried(move.nodeId));
  const others = drop.moves.filter((move) => findAnnotation(document, move.nodeId));
  const changes = [...planDrop(document, catalog, steps), ...planMoveAny(document, catalog, others)];
  if (sections.all.length === 0 || steps.length === 0) return changes;
  const inside = new Set(steps.flatMap((move) => within(move.nodeId)));
  const ids = steps.map((move) => move.nodeId).filter((id) => !inside.has(id));
  return [...changes, ...memberships(document, catalog, { ids, after: withChanges(document, changes), collapsed: drop.collapsed })];
}
