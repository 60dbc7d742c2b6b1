import { createInstallSeal, type RootKey } from '@millwright/credentials';
import type { GatewayPorts, TriggerReceiver } from '@millwright/gateway';
import type { Lifecycle } from '@millwright/platform';
import { ROLES, type ServerConfig } from '../config.ts';
import type { ConnectedCredentials } from '../credentials/credential-parts.ts';
import { AppCounts } from './app-counts.ts';
import { createAppReceiver } from './app-receiver.ts';
import { TriggerHost } from './trigger-host.ts';
import type { TriggerParts } from './trigger-parts.ts';
import { createTriggerReceiver } from './trigger-receiver.ts';

/** What hosting triggers is made of. */
export interface HostingParts extends Pick<TriggerParts, 'db' | 'runners' | 'log'> {
  readonly config: ServerConfig;
  readonly lifecycle: Lifecycle;
  readonly rootKey: RootKey;
  readonly credentials: ConnectedCredentials;
  readonly gatewayPorts: GatewayPorts;
}

/** Hosts the triggers of connectors: every process judges what services deliver; processes that execute runs poll and subscribe. */
export function hostTriggers({ config, lifecycle, rootKey, credentials, gatewayPorts, ...own }: HostingParts): TriggerReceiver {
  const { connectors, lender, ports } = credentials;
  const parts: TriggerParts = {
    ...own,
    connectors,
    lender,
    egress: ports.egress,
    starts: gatewayPorts,
    publicUrl: config.publicUrl,
    seal: createInstallSeal(rootKey, 'triggers'),
    vault: ports.vault,
  };
  const counts = new AppCounts(parts);
  lifecycle.onStop('counts of apps', () => counts.stop());
  if (ROLES[config.MILLWRIGHT_ROLE].hostsTriggers) lifecycle.onStop('triggers', new TriggerHost(parts).start());
  return { ...createTriggerReceiver(parts), judgeForApp: createAppReceiver(parts, counts) };
}
