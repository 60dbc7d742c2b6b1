import type { SessionView } from '@millwright/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { isSignedOut } from '../api/query-client.ts';
import { sessionQuery } from '../api/session.ts';
import { safeNextPath } from './next-path.ts';

/** Who is signed in; asks the server when that is not known, or older than `maxAgeMs`. */
async function findSession(queryClient: QueryClient, maxAgeMs: number): Promise<SessionView | null> {
  try {
    return await queryClient.fetchQuery({ ...sessionQuery, staleTime: maxAgeMs });
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

/**
 * Lets only signed-in people pass; others go to sign in and come back to `href` afterwards.
 * On a server without an owner the way leads to the first set-up.
 */
export async function requireSession(queryClient: QueryClient, href: string): Promise<void> {
  if (await findSession(queryClient, Number.POSITIVE_INFINITY)) return;
  const { needsOwner } = await api.setup.get();
  if (needsOwner) throw redirect({ to: '/setup' });
  throw redirect({ to: '/sign-in', search: href === '/' || href === '/workflows' ? {} : { next: href } });
}

/** Sends people who are signed in already past the sign-in page, and to the set-up where there is no owner yet. */
export async function requireNoSession(queryClient: QueryClient, next: string | undefined): Promise<void> {
  if (await findSession(queryClient, 0)) throw redirect({ href: safeNextPath(next) });
  const { needsOwner } = await api.setup.get();
  if (needsOwner) throw redirect({ to: '/setup' });
}

/** Lets people pass only while there is no owner. */
export async function requireNoOwner(): Promise<void> {
  const { needsOwner } = await api.setup.get();
  if (!needsOwner) throw redirect({ to: '/sign-in' });
}
