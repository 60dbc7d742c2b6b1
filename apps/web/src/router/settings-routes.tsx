import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { part } from '../api/error-words.ts';
import { loadNamespaces } from '../i18n/i18n.ts';
import { shell } from './roots.tsx';
import { parseClientAppSearch } from './search-params.ts';

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

/** What is under Settings. */
export const settingsRoutes = settings.addChildren([
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
]);
