import type { ConnectorChangesView, ImportedConnectorView } from '@millwright/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

/** Connectors of the product, with what is proved of them. */
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => api.connectors.list({}, { signal }),
});

/** Where a description is, as requests say it. */
export type DescriptionSource = ({ readonly url: string } | { readonly text: string; readonly fileName: string }) & {
  readonly baseUrl?: string;
};

/** What a person asked for: a file, or an address, and what of it. */
export interface DescriptionAsked {
  readonly from: File | string;
  /** Empty: what the description says. */
  readonly baseUrl: string;
  /** Empty: all of it. */
  readonly parts: readonly string[];
}

/** A description that was read, and where from. */
export interface FoundDescription {
  readonly source: DescriptionSource;
  readonly view: ImportedConnectorView;
}

/** A connector that was added. */
export interface AddedConnector {
  readonly title: string;
  readonly actions: number;
  readonly needsSignIn: boolean;
}

async function sourceOf({ from, baseUrl }: DescriptionAsked): Promise<DescriptionSource> {
  const own = baseUrl === '' ? {} : { baseUrl };
  return typeof from === 'string' ? { url: from, ...own } : { text: await from.text(), fileName: from.name.slice(0, 200), ...own };
}

/** Reads a description; nothing is added by that. */
export function useReadDescription() {
  return useMutation({
    mutationFn: async (asked: DescriptionAsked): Promise<FoundDescription> => {
      const source = await sourceOf(asked);
      const only = asked.parts.length === 0 ? {} : { only: [...asked.parts] };
      return { source, view: await api.connectors.import({ body: { ...bodyOf(source), ...only } }) };
    },
  });
}

/** A newer description of a connector, compared with what there is. */
export interface ComparedDescription extends FoundDescription {
  /** The version that it was compared with. */
  readonly version: number;
  readonly changes: ConnectorChangesView;
}

function bodyOf(source: DescriptionSource) {
  const own = source.baseUrl === undefined ? {} : { baseUrl: source.baseUrl };
  return { ...('url' in source ? { url: source.url } : { text: source.text }), ...own };
}

/** Reads a newer description of a connector; nothing changes by that. */
export function useCompareDescription(connectorKey: string) {
  return useMutation({
    mutationFn: async (asked: DescriptionAsked): Promise<ComparedDescription> => {
      const source = await sourceOf(asked);
      const { found, ...compared } = await api.connectors.compare({ connectorKey, body: bodyOf(source) });
      return { source, view: found, ...compared };
    },
  });
}

/** What a person chose of a newer description. */
export interface UpdateChosen {
  readonly operations: readonly string[];
  /** New hosts that were confirmed. */
  readonly hosts: readonly string[];
}

/** Makes the next version of a connector; everything that shows steps and connections hears of it. */
export function useUpdateConnector(connectorKey: string, { source, view, version }: ComparedDescription) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ operations, hosts }: UpdateChosen) =>
      api.connectors.update({
        connectorKey,
        body: { ...source, operations: [...operations], hosts: [...hosts], digest: view.digest, version },
      }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

/** Adds a connector of what was read; everything that shows steps and connections hears of it. */
export function useAddConnector({ source, view }: FoundDescription) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ title, operations }: { readonly title: string; readonly operations: readonly string[] }) => {
      const made = await api.connectors.add({ body: { ...source, title, operations: [...operations], digest: view.digest } });
      return { title: made.title, actions: made.actions, needsSignIn: view.auth.length > 0 } satisfies AddedConnector;
    },
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

/** Removes a connector that was made of a description. */
export function useRemoveConnector() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (connectorKey: string) => api.connectors.remove({ connectorKey }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
