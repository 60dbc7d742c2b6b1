import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { api } from '../../../api/client.ts';
import type { ClipboardPort } from '../../core/session.ts';
import type { Announcement } from '../../core/state/announcement.ts';
import type { DraftSync } from '../../sync/draft-sync.ts';

/** Installed node types; they change only with the server, or where it follows their sources. */
const nodeTypesQuery = queryOptions({
  queryKey: ['node-types'],
  queryFn: ({ signal }) => api.nodeTypes.list({}, { signal }),
  staleTime: 300_000,
});

function catalogOf(types: readonly NodeTypeInfo[]): NodeTypeCatalog {
  const byKey = new Map(types.map((info) => [`${info.type}@${info.version}`, info]));
  return { get: (type, version) => byKey.get(`${type}@${version}`), all: () => types };
}

/** What is read again when node types, or what is wrong with their sources, have changed. */
const WITH_NODE_TYPES = ['node-types', 'problems', 'options', 'credential-types', 'connectors'] as const;

/** Reads node types and what hangs on them again when the server says that they have changed. */
export function useNodeTypeChanges(sync: DraftSync | undefined): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      sync?.state.subscribe(({ nodeTypeChanges }, before) => {
        if (nodeTypeChanges === before.nodeTypeChanges) return;
        for (const key of WITH_NODE_TYPES) void queryClient.invalidateQueries({ queryKey: [key] });
      }),
    [sync, queryClient],
  );
}

/** The catalog of node types; null while it loads. */
export function useCatalog(): { readonly catalog: NodeTypeCatalog | null; readonly error: unknown; readonly retry: () => void } {
  const { data, error, refetch } = useQuery(nodeTypesQuery);
  const catalog = useMemo(() => (data ? catalogOf(data.nodeTypes) : null), [data]);
  return { catalog, error, retry: () => void refetch() };
}

/** Whether the server follows the sources of node packages. */
export function useFollowsSources(): boolean {
  return useQuery(nodeTypesQuery).data?.followed === true;
}

/** Announcements, the last one last. */
export type AnnouncementStore = StoreApi<{ readonly last: Announcement | null; readonly number: number }>;

/** A store without announcements. */
export function createAnnouncements(): AnnouncementStore {
  return createStore<{ readonly last: Announcement | null; readonly number: number }>(() => ({ last: null, number: 0 }));
}

/** The browser's clipboard; what it refuses stays within this page. */
export function createClipboard(): ClipboardPort {
  let own: string | null = null;
  return {
    write: (text) => {
      own = text;
      navigator.clipboard?.writeText(text).catch(() => undefined);
    },
    read: async () => {
      try {
        return await navigator.clipboard.readText();
      } catch {
        return own;
      }
    },
  };
}
