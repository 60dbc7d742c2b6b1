import { useMemo } from 'react';
import { useDocument, useEditor } from '../../session-context.ts';
import { usePreviewState } from '../preview-context.ts';
import type { PreviewAim } from './preview-scope.ts';

/** Which data the previews of the open step use. `$now` is the time at which that data or the step changed. */
export function useAim(): PreviewAim | null {
  const { catalog, workflowId } = useEditor();
  const document = useDocument();
  const state = usePreviewState();
  return useMemo(
    () => state && { document, catalog, workflowId, samples: state.samples, nodeId: state.nodeId, itemIndex: state.itemIndex, nowMs: Date.now() },
    [document, catalog, workflowId, state],
  );
}
