import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { annotationBox, sectionsOf } from '../../core/graph/annotations/sections.ts';
import { boundsOf, type Box, type Point } from '../../core/graph/geometry.ts';
import { isContainer, layoutOf } from '../../core/graph/layout.ts';

/** Size of the minimap, px. */
export const MINIMAP = { width: 200, height: 140 } as const;

/** Space around the graph, canvas px. */
const SPACE = 200;

/** Smallest side of a step in the minimap, px: nothing vanishes. */
const LEAST = 2;

/** How the canvas is shown in small. */
export interface MinimapScale {
  readonly factor: number;
  /** Where the corner of the canvas is in the minimap, px. */
  readonly left: number;
  readonly top: number;
}

/** What is drawn, in its colours; later ones lie on earlier ones. */
export interface MinimapShape {
  readonly box: Box;
  readonly fill: string | null;
  readonly line: string | null;
  /** Notes are paler than steps. */
  readonly opacity?: number;
}

/** Colours by what a thing is or how it stands in a run. */
export interface MinimapColors {
  readonly ofStep: (nodeId: string) => string;
  readonly ofAnnotation: (color: string) => string;
}

/** What the minimap shows of a document, from the back to the front. */
export function minimapShapes(document: WorkflowDocument, catalog: NodeTypeCatalog, colors: MinimapColors): readonly MinimapShape[] {
  const layout = layoutOf(document, catalog);
  const sections = sectionsOf(document, catalog);
  const behind = document.annotations.map((annotation): MinimapShape => {
    const color = colors.ofAnnotation(annotation.color);
    const section = sections.find(annotation.id);
    return section
      ? { box: section.box, fill: null, line: color }
      : { box: annotationBox(annotation), fill: color, line: null, opacity: 0.4 };
  });
  const steps = layout.inOrder.map((node): MinimapShape => {
    const color = colors.ofStep(node.id);
    const isFrame = isContainer(catalog.get(node.type, node.version));
    return { box: layout.boxOf(node), fill: isFrame ? null : color, line: isFrame ? color : null };
  });
  return [...behind, ...steps];
}

/** The scale at which all of it fits. */
export function minimapScale(shapes: readonly MinimapShape[]): MinimapScale {
  const bounds = boundsOf(shapes.map(({ box }) => box)) ?? { x: 0, y: 0, width: 1, height: 1 };
  const width = bounds.width + SPACE * 2;
  const height = bounds.height + SPACE * 2;
  const factor = Math.min(MINIMAP.width / width, MINIMAP.height / height);
  return {
    factor,
    left: (MINIMAP.width - width * factor) / 2 - (bounds.x - SPACE) * factor,
    top: (MINIMAP.height - height * factor) / 2 - (bounds.y - SPACE) * factor,
  };
}

/** A place of the minimap on the canvas. */
export function toCanvas({ factor, left, top }: MinimapScale, { x, y }: Point): Point {
  return { x: (x - left) / factor, y: (y - top) / factor };
}

function shown(box: Box, { factor, left, top }: MinimapScale): readonly [number, number, number, number] {
  return [box.x * factor + left, box.y * factor + top, Math.max(LEAST, box.width * factor), Math.max(LEAST, box.height * factor)];
}

/** Draws the graph. */
export function drawShapes(context: CanvasRenderingContext2D, shapes: readonly MinimapShape[], scale: MinimapScale): void {
  context.clearRect(0, 0, MINIMAP.width, MINIMAP.height);
  for (const { box, fill, line, opacity = 1 } of shapes) {
    const place = shown(box, scale);
    context.globalAlpha = opacity;
    if (fill !== null) {
      context.fillStyle = fill;
      context.fillRect(...place);
    }
    if (line !== null) {
      context.strokeStyle = line;
      context.strokeRect(...place);
    }
  }
}

/** Draws what is in view: around it the graph is dimmed. */
export function drawView(
  context: CanvasRenderingContext2D,
  view: { readonly box: Box; readonly scale: MinimapScale; readonly dim: string; readonly line: string },
): void {
  const [x, y, width, height] = shown(view.box, view.scale);
  const right = Math.min(MINIMAP.width, x + width);
  const bottom = Math.min(MINIMAP.height, y + height);
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  context.fillStyle = view.dim;
  context.beginPath();
  context.rect(0, 0, MINIMAP.width, MINIMAP.height);
  context.rect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  context.fill('evenodd');
  context.strokeStyle = view.line;
  context.lineWidth = 1.5;
  context.strokeRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  context.lineWidth = 1;
}
