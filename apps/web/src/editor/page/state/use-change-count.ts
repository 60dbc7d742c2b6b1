import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { versionQuery } from '../dialogs/publish/version-query.ts';
import { useEditor } from '../../session-context.ts';

/** Pause in editing before changes are counted again, ms. */
const COUNT_AFTER_MS = 700;

/**
 * How many changes the publish dialog would list; null while that is not known. Counted on this page and only in a pause: nothing is
 * compared while somebody drags.
 * @param versionId the live version; null: nothing to compare with
 */
export function useChangeCount(versionId: string | null): number | null {
  const { workflowId, draft, catalog } = useEditor();
  const { data } = useQuery(versionQuery(workflowId, versionId));
  const [counted, setCounted] = useState<{ readonly versionId: string; readonly count: number } | null>(null);
  const base = data?.document;
  useEffect(() => {
    if (base === undefined || versionId === null) return undefined;
    let isOver = false;
    const compare = async (): Promise<void> => {
      // Fetched when there is something to compare: opening a workflow does not wait for it.
      const [{ differenceOf }, { groupChanges }] = await Promise.all([
        import('@millwright/workflow/difference'),
        import('../dialogs/publish/group-changes.ts'),
      ]);
      if (isOver) return;
      const document = draft.document();
      const changes = differenceOf(base, document).map((change, at) => ({ id: String(at), change }));
      setCounted({ versionId, count: groupChanges({ base, document, changes, catalog }).length });
    };
    // A file that cannot be fetched leaves the number out; the publish dialog says what is wrong.
    const count = (): void => void compare().catch(() => undefined);
    let timer = setTimeout(count, 0);
    const stop = draft.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(count, COUNT_AFTER_MS);
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop();
    };
  }, [base, versionId, draft, catalog]);
  return counted !== null && counted.versionId === versionId ? counted.count : null;
}
