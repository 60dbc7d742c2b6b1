import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { variablesQuery } from '../../../api/variables.ts';
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
  const { data } = useQuery(variablesQuery);
  const known = useMemo(
    () =>
      data && {
        vars: Object.fromEntries(data.items.map(({ key, value }) => [key, value])),
        env: data.environment.map(({ name }) => name),
      },
    [data],
  );
  return useMemo(() => {
    if (!state) return null;
    const { samples, nodeId, itemIndex } = state;
    return { document, catalog, workflowId, samples, nodeId, itemIndex, nowMs, ...(known === undefined ? {} : { known }) };
  }, [document, catalog, workflowId, state, nowMs, known]);
}
