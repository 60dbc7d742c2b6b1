import type { WorkflowDocument } from '@millwright/workflow';
import { SECTION_TYPE } from '../../core/graph/annotations/collapsed-view.ts';
import { sectionsOf } from '../../core/graph/annotations/sections.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import type { Point } from '../../core/graph/geometry.ts';
import type { EditorSession } from '../../core/session.ts';
import { shownDocument } from '../../core/shown-document.ts';
import { stepIn } from '../../core/state/overlay-store.ts';
import { categoryColor } from '../../look/category.ts';
import { statusColor } from '../../../ui/states/status-glyph.tsx';
import { joinedStatus, stepStatus } from '../steps/step-state.ts';
import { annotationColor } from '../annotations/annotation-color.ts';
import {
  drawShapes,
  drawView,
  MINIMAP,
  type MinimapColors,
  minimapScale,
  minimapShapes,
  type MinimapScale,
  toCanvas,
} from './draw-minimap.ts';

/** A minimap at work. */
export interface Minimap {
  /** The place of the canvas at a place of the minimap, px. */
  readonly placeAt: (point: Point) => Point;
  readonly stop: () => void;
}

/** Colours as scripts can use them: the theme's names are resolved once for each drawing. */
function createPalette(element: HTMLElement): (name: string) => string {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (name) => {
    const variable = /^var\((--[\w-]+)\)$/.exec(name)?.[1];
    if (variable === undefined) return name;
    const color = known.get(variable) ?? style.getPropertyValue(variable).trim();
    known.set(variable, color);
    return color;
  };
}

function sizedFor(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  canvas.width = MINIMAP.width * ratio;
  canvas.height = MINIMAP.height * ratio;
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

/** Colours of steps by their state in a run, else by their category; of a collapsed section by that of all its steps. */
function colorsOf(session: EditorSession, document: WorkflowDocument, color: (name: string) => string): MinimapColors {
  const overlay = session.overlay.getState();
  const sections = sectionsOf(session.draft.document(), session.catalog);
  const ofAnnotation = (name: string): string => color(annotationColor(name));
  const ofStep = (nodeId: string): string => {
    const node = findNode(document, nodeId);
    const closed = node?.type === SECTION_TYPE ? sections.find(nodeId) : undefined;
    const status = closed ? joinedStatus(closed.members.map((member) => stepIn(overlay, member.id))) : stepStatus(stepIn(overlay, nodeId));
    if (status) return color(statusColor[status]);
    if (closed) return ofAnnotation(closed.annotation.color);
    return color(categoryColor((node && session.catalog.get(node.type, node.version)?.category) ?? ''));
  };
  return { ofStep, ofAnnotation };
}

/** Listens for all that changes the picture. @returns how to stop */
function watch(
  session: EditorSession,
  canvas: HTMLCanvasElement,
  { soon, anew }: { readonly soon: () => void; readonly anew: () => void },
): () => void {
  const theme = new MutationObserver(anew);
  theme.observe(canvas.ownerDocument.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', anew);
  const stops = [
    session.draft.subscribe(anew),
    session.overlay.subscribe(anew),
    session.ui.subscribe((state, before) => (state.collapsed === before.collapsed ? undefined : anew())),
    session.camera.current?.onView(soon),
  ];
  return () => {
    theme.disconnect();
    scheme.removeEventListener('change', anew);
    for (const stop of stops) stop?.();
  };
}

/**
 * Keeps a minimap up to date: the graph is drawn anew when document, run or theme changed, what is in view when the camera moved;
 * nothing more than once a frame, and nothing at all while nothing changes.
 */
export function createMinimap(session: EditorSession, canvas: HTMLCanvasElement): Minimap {
  const graph = canvas.ownerDocument.createElement('canvas');
  const [front, back] = [sizedFor(canvas), sizedFor(graph)];
  let scale: MinimapScale = { factor: 1, left: 0, top: 0 };
  let frame = 0;
  let isGraphOld = true;
  const drawGraph = (color: (name: string) => string): void => {
    const document = shownDocument(session);
    const shapes = minimapShapes(document, session.catalog, colorsOf(session, document, color));
    scale = minimapScale(shapes);
    if (back) drawShapes(back, shapes, scale);
    isGraphOld = false;
  };
  const draw = (): void => {
    frame = 0;
    const view = session.camera.current?.visible();
    if (!front) return;
    const color = createPalette(canvas);
    if (isGraphOld) drawGraph(color);
    front.clearRect(0, 0, MINIMAP.width, MINIMAP.height);
    front.drawImage(graph, 0, 0, MINIMAP.width, MINIMAP.height);
    if (view)
      drawView(front, {
        box: view,
        scale,
        dim: `color-mix(in srgb, ${color('var(--canvas)')} 55%, transparent)`,
        line: color('var(--accent)'),
      });
  };
  const soon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const anew = (): void => {
    isGraphOld = true;
    soon();
  };
  const stop = watch(session, canvas, { soon, anew });
  soon();
  return {
    placeAt: (point) => toCanvas(scale, point),
    stop: () => {
      cancelAnimationFrame(frame);
      stop();
    },
  };
}
