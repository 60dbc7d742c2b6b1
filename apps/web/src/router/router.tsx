import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { loadNamespaces } from '../i18n/i18n.ts';
import { requireNoOwner, requireNoSession, requireSession } from './guard.ts';
import { registerScreens } from './namespaces.ts';
import { parseRunFilter, parseSignInSearch, parseWorkflowSearch } from './search-params.ts';
import { LostScreen, PendingScreen, ScreenError } from './states.tsx';

interface Context {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: requireNoOwner,
  loader: () => loadNamespaces('entry'),
  component: lazyRouteComponent(() => import('../screens/entry/setup-page.tsx'), 'SetupPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  beforeLoad: ({ context, search }) => requireNoSession(context.queryClient, search.next),
  loader: () => loadNamespaces('entry'),
  component: lazyRouteComponent(() => import('../screens/entry/sign-in-page.tsx'), 'SignInPage'),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  loader: () => loadNamespaces('entry'),
  component: lazyRouteComponent(() => import('../screens/entry/invite-page.tsx'), 'InvitePage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
  component: lazyRouteComponent(() => import('../shell/shell.tsx'), 'Shell'),
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
  component: lazyRouteComponent(() => import('../screens/workflows/workflow-list-page.tsx'), 'WorkflowListPage'),
});

const workflow = createRoute({
  getParentRoute: () => shell,
  path: '/workflows/$workflowId',
  component: lazyRouteComponent(() => import('../screens/canvas/editor-screen.tsx'), 'EditorScreen'),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  validateSearch: parseRunFilter,
  loader: () => loadNamespaces('runs', 'faults'),
  component: lazyRouteComponent(() => import('../screens/runs/run-list-page.tsx'), 'RunListPage'),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('../screens/canvas/run-screen.tsx'), 'RunScreen'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  loader: () => loadNamespaces('settings'),
  component: lazyRouteComponent(() => import('../screens/settings/settings-frame.tsx'), 'SettingsFrame'),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/members' });
  },
});

const members = createRoute({
  getParentRoute: () => settings,
  path: '/members',
  component: lazyRouteComponent(() => import('../screens/settings/members-page.tsx'), 'MembersPage'),
});

const reliability = createRoute({
  getParentRoute: () => settings,
  path: '/reliability',
  loader: () => loadNamespaces('reliability'),
  component: lazyRouteComponent(() => import('../screens/reliability/reliability-page.tsx'), 'ReliabilityPage'),
});

const variables = createRoute({
  getParentRoute: () => settings,
  path: '/variables',
  loader: () => loadNamespaces('variables'),
  component: lazyRouteComponent(() => import('../screens/variables/variables-page.tsx'), 'VariablesPage'),
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyRouteComponent(() => import('../screens/settings/profile-page.tsx'), 'ProfilePage'),
});

const routeTree = root.addChildren([
  setup,
  signIn,
  invite,
  shell.addChildren([home, workflows, workflow, runs, run, settings.addChildren([settingsHome, members, variables, reliability, profile])]),
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
