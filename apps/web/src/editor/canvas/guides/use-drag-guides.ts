import { type NodePositionChange, type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { createGuideIndex, type Guide, type GuideIndex, NO_SNAP, type Snap, snapTo } from '../../core/graph/arrange/guides.ts';
import { annotationBox, sectionsOf } from '../../core/graph/annotations/sections.ts';
import { boundsOf, doOverlap, type Box, type Point } from '../../core/graph/geometry.ts';
import { layoutOf } from '../../core/graph/layout.ts';
import { withContent } from '../../core/graph/removal.ts';
import type { EditorSession } from '../../core/session.ts';
import { shownDocument } from '../../core/shown-document.ts';
import { NO_GUIDES } from '../../core/state/interface-store.ts';
import { useEditor } from '../../session-context.ts';

/** Distance at which a card snaps to a line, px on screen. */
const REACH = 6;

/** Guides of one drag. Nothing is computed or drawn while nothing is dragged. */
export interface DragGuides {
  /** Puts moves of the library onto the lines that they are near to. */
  readonly apply: (changes: readonly NodePositionChange[]) => NodePositionChange[];
  /** Ends the drag. @returns how far the cards stood from where the pointer had them */
  readonly end: () => Point;
}

/** What a dragged card can be in line with: what is in view and stays where it is. */
function stillBoxes(session: EditorSession, moved: ReadonlySet<string>): readonly Box[] {
  const document = shownDocument(session);
  const { boxOf } = layoutOf(document, session.catalog);
  const view = session.camera.current?.visible();
  const sections = sectionsOf(document, session.catalog);
  const held = new Set([...moved].flatMap((id) => sections.find(id)?.members.map((node) => node.id) ?? []));
  const still = withContent(document, session.catalog, new Set([...moved, ...held]));
  const boxes = [
    ...document.nodes.filter((node) => !still.has(node.id)).map(boxOf),
    ...document.annotations.filter(({ id, kind }) => kind === 'note' && !moved.has(id)).map(annotationBox),
  ];
  return view ? boxes.filter((box) => doOverlap(view, box)) : boxes;
}

interface Drag {
  readonly index: GuideIndex;
  /** Corner of the frame that the places of a card are counted from. */
  readonly origins: ReadonlyMap<string, Box>;
  last: Snap;
}

function isSameGuide(a: Guide, b: Guide | undefined): boolean {
  return b !== undefined && a.axis === b.axis && a.at === b.at && a.from === b.from && a.to === b.to;
}

function showGuides({ ui }: EditorSession, guides: Snap['guides']): void {
  const now = ui.getState().guides;
  const isSame = now.length === guides.length && now.every((guide, at) => isSameGuide(guide, guides[at]));
  if (!isSame) ui.setState({ guides: guides.length === 0 ? NO_GUIDES : guides });
}

type Flow = Pick<ReactFlowInstance, 'getInternalNode' | 'getZoom'>;

/** What a drag of these cards starts from. */
function beginDrag(session: EditorSession, flow: Flow, ids: readonly string[]): Drag {
  const origins = new Map(
    ids.flatMap((id) => {
      const node = flow.getInternalNode(id);
      if (!node) return [];
      const { x, y } = node.internals.positionAbsolute;
      const box = { x: x - node.position.x, y: y - node.position.y, width: node.measured.width ?? 0, height: node.measured.height ?? 0 };
      return [[id, box] as const];
    }),
  );
  return { index: createGuideIndex(stillBoxes(session, new Set(ids))), origins, last: NO_SNAP };
}

function createDragGuides(session: EditorSession, flow: Flow): DragGuides {
  let drag: Drag | null = null;
  return {
    apply: (changes) => {
      drag ??= beginDrag(
        session,
        flow,
        changes.map(({ id }) => id),
      );
      const { origins, index } = drag;
      const boxes = changes.flatMap(({ id, position }) => {
        const origin = origins.get(id);
        return origin && position ? [{ ...origin, x: origin.x + position.x, y: origin.y + position.y }] : [];
      });
      const bounds = boundsOf(boxes);
      drag.last = bounds ? snapTo(index, bounds, REACH / flow.getZoom()) : NO_SNAP;
      const { dx, dy, guides } = drag.last;
      showGuides(session, guides);
      if (dx === 0 && dy === 0) return [...changes];
      return changes.map((change) =>
        change.position ? { ...change, position: { x: change.position.x + dx, y: change.position.y + dy } } : change,
      );
    },
    end: () => {
      const { dx, dy } = drag?.last ?? NO_SNAP;
      drag = null;
      showGuides(session, NO_GUIDES);
      return { x: dx, y: dy };
    },
  };
}

/** Lines that cards snap to while they are dragged. */
export function useDragGuides(): DragGuides {
  const session = useEditor();
  const flow = useReactFlow();
  return useMemo(() => createDragGuides(session, flow), [session, flow]);
}
