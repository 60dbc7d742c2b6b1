import type { WorkflowChangesView } from '@millwright/contracts';
import { emptyDocument, type WorkflowDocument } from '@millwright/workflow';
import { withDocumentChanges } from '@millwright/workflow/difference';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api } from '../../../../api/client.ts';
import { connectionsQuery } from '../../../../screens/connections/connection-queries.ts';
import { useEditor } from '../../../session-context.ts';
import { useTexts } from '../../../texts.ts';
import type { Naming } from '../../../versions/change-words.ts';
import { nodesOfBoth } from './entry-words.ts';
import { groupChanges } from './group-changes.ts';
import { listEntries, type ListedEntry } from './selection.ts';
import { versionQuery } from './version-query.ts';

/** Pause after a change of the draft before the list is read again, ms. */
const AGAIN_AFTER_MS = 900;

/** What would be published, in sentences. */
export interface DraftDifference {
  readonly view: WorkflowChangesView;
  readonly entries: readonly ListedEntry[];
  readonly naming: Naming;
}

function changesKey(workflowId: string) {
  return ['changes', workflowId] as const;
}

/** Reads the list again after each pause in which somebody changed the draft. */
function useFresh(workflowId: string, isOn: boolean): void {
  const { draft } = useEditor();
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isOn) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = draft.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void queryClient.invalidateQueries({ queryKey: changesKey(workflowId) }), AGAIN_AFTER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [draft, workflowId, isOn, queryClient]);
}

function useNaming(base: WorkflowDocument | null, document: WorkflowDocument | null): Naming {
  const texts = useTexts();
  const { catalog } = useEditor();
  const { data } = useQuery({ ...connectionsQuery, enabled: base !== null });
  return useMemo(
    () => ({
      texts,
      catalog,
      nodes: nodesOfBoth(base ?? { nodes: [] }, document ?? { nodes: [] }),
      connections: new Map((data?.items ?? []).map(({ id, name }) => [id, name])),
    }),
    [texts, catalog, base, document, data],
  );
}

/** The documents that a list of changes is between; null while they are not known. */
function useDocuments(view: WorkflowChangesView | undefined) {
  const { workflowId, draft } = useEditor();
  const version = useQuery({ ...versionQuery(workflowId, view?.live?.id ?? null), enabled: Boolean(view?.live) });
  const base = useMemo(() => {
    if (view === undefined) return null;
    return view.live === null ? emptyDocument(draft.document().name) : (version.data?.document ?? null);
  }, [view, version.data, draft]);
  const document = useMemo(() => {
    const changes = view?.changes.map(({ change }) => change) ?? [];
    return base === null ? null : withDocumentChanges(base, changes);
  }, [view, base]);
  return { base, document, version };
}

/**
 * What the draft changes in the live version, by whom; null while that is not known.
 * @param isOn whether it is asked for
 * @param isSaved whether the server has the whole draft of this page: the list is read then, and stays while something is on its way
 * @param round another number each time that it is asked for anew: nothing is shown that was read before
 */
export function useDraftDifference(
  isOn: boolean,
  isSaved: boolean,
  round: number,
): {
  readonly difference: DraftDifference | null;
  readonly error: unknown;
  readonly retry: () => void;
} {
  const { workflowId, catalog } = useEditor();
  useFresh(workflowId, isOn);
  const changes = useQuery({
    queryKey: [...changesKey(workflowId), round],
    queryFn: ({ signal }) => api.workflows.changes({ workflowId }, { signal }),
    enabled: isOn && isSaved,
    staleTime: 0,
    gcTime: 0,
  });
  const view = changes.data;
  const { base, document, version } = useDocuments(view);
  const naming = useNaming(base, document);
  const entries = useMemo(() => {
    if (view === undefined || base === null || document === null) return null;
    const owners = new Map(
      view.changes.map(({ id, authors }) => [
        id,
        authors
          .map((author) => author.id)
          .toSorted()
          .join(),
      ]),
    );
    return listEntries(groupChanges({ base, document, changes: view.changes, catalog, ownerOf: (id) => owners.get(id) ?? '' }), view);
  }, [view, base, document, catalog]);
  return {
    difference: view !== undefined && entries !== null ? { view, entries, naming } : null,
    error: changes.error ?? version.error,
    retry: () => void (changes.isError ? changes.refetch() : version.refetch()),
  };
}
