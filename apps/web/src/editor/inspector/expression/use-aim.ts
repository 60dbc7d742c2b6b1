import { useMemo } from 'react';
import { useNow } from '../../../i18n/now.ts';
import { useDocument, useEditor } from '../../session-context.ts';
import { usePreviewState } from '../preview-context.ts';
import type { PreviewAim } from './preview-scope.ts';

/** Which data the previews of the open step use, and what `$now` is in them. */
export function useAim(): PreviewAim | null {
  const { catalog, workflowId } = useEditor();
  const document = useDocument();
  const state = usePreviewState();
  const nowMs = useNow();
  return useMemo(
    () => state && { document, catalog, workflowId, samples: state.samples, nodeId: state.nodeId, itemIndex: state.itemIndex, nowMs },
    [document, catalog, workflowId, state, nowMs],
  );
}
