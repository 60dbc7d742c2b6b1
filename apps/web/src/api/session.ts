import type { Permission, SessionView } from '@millwright/contracts';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/** Who is signed in. Fails with 401 when nobody is; the router's guard handles that, so it is quiet. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.session.get({}, { signal }),
  staleTime: 60_000,
  retry: false,
  meta: { quiet: true },
});

/** The session; only inside the shell, which is not shown without one. */
export function useSession(): SessionView {
  return useSuspenseQuery(sessionQuery).data;
}

/** Whether the person may do something. The server decides; this only hides what it would refuse. */
export function useCan(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
