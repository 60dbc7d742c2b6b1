import { type FitViewOptions, getViewportForBounds, type Viewport } from '@xyflow/react';
import { useCallback, useState } from 'react';
import { useSession } from '../../api/session.ts';
import { boundsOf } from '../core/graph/geometry.ts';
import { layoutOf } from '../core/graph/layout.ts';
import type { EditorSession } from '../core/session.ts';
import { levelFor } from '../core/state/detail-level.ts';
import { useEditor } from '../session-context.ts';
import type { Moving } from './use-moving.ts';
import { useSavedViewport } from './use-saved-viewport.ts';

/** How far the camera goes. */
export const ZOOMS = { minZoom: 0.08, maxZoom: 2.5 } as const;

/** How everything is brought into view: with room for the `+` of the last step, and above the tools at the lower edge. */
export const FIT = {
  padding: { top: '32px', right: '64px', bottom: '64px', left: '32px' },
  maxZoom: 1,
} as const satisfies FitViewOptions;

/** The camera that shows everything, for a canvas of about the window's size; null for an empty graph. */
function wholeView({ draft, catalog }: EditorSession): Viewport | null {
  const document = draft.document();
  const bounds = boundsOf(document.nodes.map(layoutOf(document, catalog).boxOf));
  return bounds && getViewportForBounds(bounds, window.innerWidth, window.innerHeight, ZOOMS.minZoom, FIT.maxZoom, FIT.padding);
}

/** Where the camera begins: where it was left, else with everything in view. */
interface FirstView extends ReturnType<typeof useSavedViewport> {
  readonly first: Viewport | null;
}

/**
 * Finds where the camera begins, and with it the level of detail. To be called before whatever asks for the level: a large workflow
 * would be drawn in full, with a thousand lines, and then again as blocks.
 */
export function useFirstView(): FirstView {
  const session = useEditor();
  const { ui, workflowId } = session;
  const userId = useSession().user.id;
  const { saved, save } = useSavedViewport(`${userId}.${workflowId}`);
  const [first] = useState(() => {
    const view = saved ?? wholeView(session);
    if (view) ui.setState({ level: levelFor(view.zoom, ui.getState().level) });
    return view;
  });
  return { first, saved, save };
}

/** Camera: level of detail while it moves, the place where it was left. */
export function useViewport(moving: Moving, { first, saved, save }: FirstView) {
  const { ui } = useEditor();
  const onMove = useCallback(
    (event: unknown, { zoom }: Viewport) => {
      moving.camera(event);
      const level = levelFor(zoom, ui.getState().level);
      if (level !== ui.getState().level) ui.setState({ level });
    },
    [ui, moving],
  );
  const onMoveEnd = useCallback((_event: unknown, viewport: Viewport) => save(viewport), [save]);
  return { onMove, onMoveEnd, ...(first ? { defaultViewport: first } : {}), ...(saved ? {} : { fitView: true, fitViewOptions: FIT }) };
}
