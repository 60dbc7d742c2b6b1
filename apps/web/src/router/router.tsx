import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { part } from '../api/error-words.ts';
import { loadNamespaces } from '../i18n/i18n.ts';
import { requireNoOwner, requireNoSession } from './guard.ts';
import { registerScreens } from './namespaces.ts';
import { root, shell } from './roots.tsx';
import {
  parseConnectionSearch,
  parseEditorSearch,
  parseRunFilter,
  parseSignInSearch,
  parseVersionsSearch,
  parseWorkflowSearch,
} from './search-params.ts';
import { settingsRoutes } from './settings-routes.tsx';
import { LostScreen, PendingScreen, ScreenError } from './states.tsx';

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: requireNoOwner,
  loader: () => loadNamespaces('entry'),
  component: lazyRouteComponent(
    part(() => import('../screens/entry/setup-page.tsx')),
    'SetupPage',
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  beforeLoad: ({ context, search }) => requireNoSession(context.queryClient, search.next),
  loader: () => loadNamespaces('entry'),
  component: lazyRouteComponent(
    part(() => import('../screens/entry/sign-in-page.tsx')),
    'SignInPage',
  ),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  loader: () => loadNamespaces('entry'),
  component: lazyRouteComponent(
    part(() => import('../screens/entry/invite-page.tsx')),
    'InvitePage',
  ),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/workflows' });
  },
});

const workflows = createRoute({
  getParentRoute: () => shell,
  path: '/workflows',
  validateSearch: parseWorkflowSearch,
  loader: () => loadNamespaces('workflows'),
  component: lazyRouteComponent(
    part(() => import('../screens/workflows/workflow-list-page.tsx')),
    'WorkflowListPage',
  ),
});

const workflow = createRoute({
  getParentRoute: () => shell,
  path: '/workflows/$workflowId',
  validateSearch: parseEditorSearch,
  component: lazyRouteComponent(
    part(() => import('../screens/canvas/editor-screen.tsx')),
    'EditorScreen',
  ),
});

const versions = createRoute({
  getParentRoute: () => shell,
  path: '/workflows/$workflowId/versions',
  validateSearch: parseVersionsSearch,
  component: lazyRouteComponent(
    part(() => import('../screens/canvas/versions-screen.tsx')),
    'VersionsScreen',
  ),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  validateSearch: parseRunFilter,
  loader: () => loadNamespaces('runs', 'faults'),
  component: lazyRouteComponent(
    part(() => import('../screens/runs/run-list-page.tsx')),
    'RunListPage',
  ),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  component: lazyRouteComponent(
    part(() => import('../screens/canvas/run-screen.tsx')),
    'RunScreen',
  ),
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  validateSearch: parseConnectionSearch,
  loader: () => loadNamespaces('connections', 'clientApps', 'faults', 'settings'),
  component: lazyRouteComponent(
    part(() => import('../screens/connections/connections-page.tsx')),
    'ConnectionsPage',
  ),
});

const oauthCallback = createRoute({
  getParentRoute: () => root,
  path: '/oauth/callback',
  loader: () => loadNamespaces('connections'),
  component: lazyRouteComponent(
    part(() => import('../screens/connections/callback-page.tsx')),
    'OauthCallbackPage',
  ),
});

const routeTree = root.addChildren([
  setup,
  signIn,
  invite,
  oauthCallback,
  shell.addChildren([home, workflows, workflow, versions, runs, run, connections, settingsRoutes]),
]);

/** Makes the app's router. Each screen's code and texts are fetched when it is first visited, or when a link to it is pointed at. */
export function createAppRouter(queryClient: QueryClient) {
  registerScreens();
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: PendingScreen,
    defaultErrorComponent: ScreenError,
    defaultNotFoundComponent: LostScreen,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
