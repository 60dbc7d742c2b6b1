import type { ClientAppView } from '@millwright/contracts';
import type { WorkspaceId } from '@millwright/core';
import { redirectUriOf } from '@millwright/credentials';
import type { clientApps } from '@millwright/db';
import type { ApiDeps } from '../deps.ts';
import { appHookUrl } from '../workflow-views.ts';
import { needsClientApp, scopesOf, textOf, type TypeInfo } from './views.ts';

const NOTHING_CAME: clientApps.EventCounts = { taken: 0, dropped: 0, refused: 0, lastAt: null, lastRefusedAt: null };

function eventsOf(url: string, { appEvents }: TypeInfo, app: clientApps.ClientApp | undefined): ClientAppView['events'] {
  if (appEvents === undefined) return null;
  const { place, signingSecret } = appEvents;
  const { lastAt, lastRefusedAt, ...counts } = app?.events ?? NOTHING_CAME;
  return {
    url,
    place,
    signingSecret: signingSecret === undefined ? null : { label: signingSecret, isEntered: app?.hasSigningSecret ?? false },
    ...counts,
    lastAt: textOf(lastAt),
    lastRefusedAt: textOf(lastRefusedAt),
  };
}

/** Every connector that needs a client app, with what was entered. */
export function clientAppViews(
  { credentials: { ports }, publicUrl }: Pick<ApiDeps, 'credentials' | 'publicUrl'>,
  workspaceId: WorkspaceId,
  apps: readonly clientApps.ClientApp[],
): readonly ClientAppView[] {
  const views = new Map<string, ClientAppView>();
  for (const type of ports.types.all().filter(needsClientApp)) {
    const { connectorKey, connectorTitle } = type;
    const app = apps.find((one) => one.connectorKey === connectorKey);
    const known = views.get(connectorKey);
    const console = type.auth.kind === 'oauth2' ? type.auth.console : undefined;
    views.set(connectorKey, {
      connectorKey,
      connectorTitle,
      clientId: app?.clientId ?? null,
      hasSecret: app?.hasSecret ?? false,
      redirectUri: redirectUriOf(publicUrl),
      scopes: [...new Set([...(known?.scopes ?? []), ...scopesOf(type)])],
      consoleUrl: console?.url ?? known?.consoleUrl ?? null,
      notes: console?.notes ?? known?.notes ?? null,
      events: eventsOf(appHookUrl(publicUrl, { workspaceId, connectorKey }), type, app),
      updatedAt: textOf(app?.updatedAt ?? null),
      updatedBy: app?.updatedBy ?? null,
    });
  }
  return [...views.values()].toSorted((a, b) => a.connectorTitle.localeCompare(b.connectorTitle));
}
