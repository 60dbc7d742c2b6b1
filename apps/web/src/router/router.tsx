import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { part } from '../api/error-words.ts';
import { loadNamespaces } from '../i18n/i18n.ts';
import { requireNoOwner, requireNoSession, requireSession } from './guard.ts';
import { registerScreens } from './namespaces.ts';
import {
  parseClientAppSearch,
  parseConnectionSearch,
  parseEditorSearch,
  parseRunFilter,
  parseSignInSearch,
  parseVersionsSearch,
  parseWorkflowSearch,
} from './search-params.ts';
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

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
  component: lazyRouteComponent(
    part(() => import('../shell/shell.tsx')),
    'Shell',
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

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  loader: () => loadNamespaces('settings'),
  component: lazyRouteComponent(
    part(() => import('../screens/settings/settings-frame.tsx')),
    'SettingsFrame',
  ),
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
  component: lazyRouteComponent(
    part(() => import('../screens/settings/members-page.tsx')),
    'MembersPage',
  ),
});

const clientApps = createRoute({
  getParentRoute: () => settings,
  path: '/apps',
  validateSearch: parseClientAppSearch,
  loader: () => loadNamespaces('clientApps', 'connections'),
  component: lazyRouteComponent(
    part(() => import('../screens/client-apps/client-apps-page.tsx')),
    'ClientAppsPage',
  ),
});

const reliability = createRoute({
  getParentRoute: () => settings,
  path: '/reliability',
  loader: () => loadNamespaces('reliability'),
  component: lazyRouteComponent(
    part(() => import('../screens/reliability/reliability-page.tsx')),
    'ReliabilityPage',
  ),
});

const variables = createRoute({
  getParentRoute: () => settings,
  path: '/variables',
  loader: () => loadNamespaces('variables'),
  component: lazyRouteComponent(
    part(() => import('../screens/variables/variables-page.tsx')),
    'VariablesPage',
  ),
});

const connectors = createRoute({
  getParentRoute: () => settings,
  path: '/connectors',
  loader: () => loadNamespaces('connectors'),
  component: lazyRouteComponent(
    part(() => import('../screens/connectors/connectors-page.tsx')),
    'ConnectorsPage',
  ),
});

const addConnector = createRoute({
  getParentRoute: () => settings,
  path: '/connectors/add',
  loader: () => loadNamespaces('connectors', 'connections'),
  component: lazyRouteComponent(
    part(() => import('../screens/connectors/add/add-connector-page.tsx')),
    'AddConnectorPage',
  ),
});

const updateConnector = createRoute({
  getParentRoute: () => settings,
  path: '/connectors/$connectorKey/update',
  loader: () => loadNamespaces('connectors', 'connections'),
  component: lazyRouteComponent(
    part(() => import('../screens/connectors/update/update-connector-page.tsx')),
    'UpdateConnectorPage',
  ),
});

const mail = createRoute({
  getParentRoute: () => settings,
  path: '/mail',
  loader: () => loadNamespaces('mail'),
  component: lazyRouteComponent(
    part(() => import('../screens/mail/mail-page.tsx')),
    'MailPage',
  ),
});

const network = createRoute({
  getParentRoute: () => settings,
  path: '/network',
  loader: () => loadNamespaces('network'),
  component: lazyRouteComponent(
    part(() => import('../screens/network/network-page.tsx')),
    'NetworkPage',
  ),
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyRouteComponent(
    part(() => import('../screens/settings/profile-page.tsx')),
    'ProfilePage',
  ),
});

const routeTree = root.addChildren([
  setup,
  signIn,
  invite,
  oauthCallback,
  shell.addChildren([
    home,
    workflows,
    workflow,
    versions,
    runs,
    run,
    connections,
    settings.addChildren([
      settingsHome,
      members,
      variables,
      clientApps,
      connectors,
      addConnector,
      updateConnector,
      mail,
      network,
      reliability,
      profile,
    ]),
  ]),
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
