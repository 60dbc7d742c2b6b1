import type { CredentialView } from '@millwright/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';

/** Beyond this connections are read again when somebody looks: their health changes without us, ms. */
const FRESH_MS = 5_000;

/** Connections that the person may use. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections', 'list'],
  queryFn: ({ signal }) => api.credentials.list({}, { signal }),
  staleTime: FRESH_MS,
});

/** Kinds of connections that are installed. */
export const connectionTypesQuery = queryOptions({
  queryKey: ['connections', 'types'],
  queryFn: ({ signal }) => api.credentialTypes.list({}, { signal }),
});

/** Client apps of the install; only for those who manage connections. */
export const clientAppsQuery = queryOptions({
  queryKey: ['connections', 'apps'],
  queryFn: ({ signal }) => api.clientApps.list({}, { signal }),
});

/** Reads again whatever shows connections. */
export function useConnectionsChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    // Lists that a service gives hang on them.
    void queryClient.invalidateQueries({ queryKey: ['options'] });
    await queryClient.invalidateQueries({ queryKey: ['connections'] });
  };
}

/** What somebody fills in for a connection. */
export interface ConnectionInput {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Absent: those of the kind. */
  readonly hosts?: readonly string[];
}

function bodyOf({ name, fields, hosts }: ConnectionInput) {
  return { name, fields: { ...fields }, ...(hosts === undefined ? {} : { hosts: [...hosts] }) };
}

/** Stores a new connection; the form shows what is wrong. */
export function useCreateConnection(type: string) {
  const changed = useConnectionsChanged();
  return useMutation({
    mutationFn: (input: ConnectionInput) => api.credentials.create({ body: { type, ...bodyOf(input) } }),
    onSuccess: changed,
  });
}

/** Changes name, fields or hosts of a connection; the form shows what is wrong. */
export function useChangeConnection(credentialId: string) {
  const changed = useConnectionsChanged();
  return useMutation({
    mutationFn: (input: ConnectionInput) => api.credentials.update({ credentialId, body: bodyOf(input) }),
    onSuccess: changed,
  });
}

/** Tries a connection out. */
export function useTestConnection() {
  const changed = useConnectionsChanged();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (credentialId: string): Promise<CredentialView> => api.credentials.test({ credentialId }),
    onSuccess: changed,
    onError: tellError,
  });
}

/** Deletes a connection; the dialog shows why it was refused. */
export function useRemoveConnection() {
  const changed = useConnectionsChanged();
  return useMutation({ mutationFn: (credentialId: string) => api.credentials.remove({ credentialId }), onSuccess: changed });
}

/** Who may use a connection, as it is sent. */
export type Grant =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'role'; readonly role: 'owner' | 'admin' | 'editor' | 'operator' | 'viewer' };

/** Lets exactly these use a connection. */
export function useShareConnection(credentialId: string) {
  const changed = useConnectionsChanged();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (grants: readonly Grant[]) => api.credentials.share({ credentialId, body: { grants: [...grants] } }),
    onSuccess: changed,
    onError: tellError,
  });
}
