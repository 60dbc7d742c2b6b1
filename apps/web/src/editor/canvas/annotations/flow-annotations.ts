import type { Annotation, NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { annotationBox, sectionsOf } from '../../core/graph/annotations/sections.ts';
import type { Box } from '../../core/graph/geometry.ts';
import { type FlowNode, type NodeView, NO_DATA } from '../flow-model.ts';

/** Under the lines and cards; sections under notes. */
const DEPTH = { note: -1, section: -2 } as const;

interface Cached {
  readonly source: Annotation;
  readonly key: string;
  readonly flow: FlowNode;
}

function boxNow(annotation: Annotation, box: Box, { offset, resizing }: NodeView): Box {
  const moves = offset?.nodeIds.has(annotation.id) === true;
  const size = resizing?.nodeId === annotation.id ? resizing.size : null;
  return {
    x: box.x + (moves ? offset.dx : 0),
    y: box.y + (moves ? offset.dy : 0),
    width: size?.[0] ?? box.width,
    height: size?.[1] ?? box.height,
  };
}

function toFlowNode({ id, kind }: Annotation, box: Box, state: { readonly selected: boolean; readonly isReadOnly: boolean }): FlowNode {
  const { x, y, width, height } = box;
  return {
    id,
    type: kind,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    data: NO_DATA,
    selected: state.selected,
    draggable: !state.isReadOnly,
    connectable: false,
    zIndex: DEPTH[kind],
    ...(kind === 'section' ? { dragHandle: '.mw-section-head' } : {}),
  };
}

/** Turns sections and notes into what the library draws, sections first; what did not change keeps its identity. */
export function createAnnotationMapper(catalog: NodeTypeCatalog): (document: WorkflowDocument, view: NodeView) => readonly FlowNode[] {
  let cache = new Map<string, Cached>();
  return (document, view) => {
    if (document.annotations.length === 0) return [];
    const next = new Map<string, Cached>();
    const sections = sectionsOf(document, catalog);
    for (const annotation of document.annotations) {
      const box = boxNow(annotation, sections.find(annotation.id)?.box ?? annotationBox(annotation), view);
      const selected = view.selected.has(annotation.id);
      const key = [box.x, box.y, box.width, box.height, selected, view.isReadOnly].join(' ');
      const known = cache.get(annotation.id);
      const fits = known?.source === annotation && known.key === key;
      next.set(
        annotation.id,
        fits ? known : { source: annotation, key, flow: toFlowNode(annotation, box, { selected, isReadOnly: view.isReadOnly }) },
      );
    }
    cache = next;
    return [...next.values()].map(({ flow }) => flow).toSorted((a, b) => (a.zIndex ?? 0) - (b.zIndex ?? 0));
  };
}
