import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { part } from '../api/error-words.ts';
import { requireSession } from './guard.ts';

interface Context {
  readonly queryClient: QueryClient;
}

/** All routes. */
export const root = createRootRouteWithContext<Context>()({ component: Outlet });

/** Those of somebody who is signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
  component: lazyRouteComponent(
    part(() => import('../shell/shell.tsx')),
    'Shell',
  ),
});
