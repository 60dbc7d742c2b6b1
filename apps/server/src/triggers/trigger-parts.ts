import { InvariantError, isJsonObject } from '@millwright/core';
import type { CredentialRef, ConnectorRuntime, Kept } from '@millwright/connector-runtime';
import type { InstallSeal, TestingLender, Vault } from '@millwright/credentials';
import type { Database, triggerBindings } from '@millwright/db';
import type { Egress } from '@millwright/egress';
import type { GatewayPorts } from '@millwright/gateway';
import type { NodeRunners } from '@millwright/node-registry';
import type { Logger } from '@millwright/platform';

/** What triggers of connectors are hosted with. */
export interface TriggerParts {
  readonly db: Database;
  readonly runners: Pick<NodeRunners, 'connector' | 'polls'>;
  readonly connectors: Pick<ConnectorRuntime, 'poll' | 'subscriptions' | 'sendSigned' | 'socketsFor'>;
  /** For requests that polls write themselves. */
  readonly egress: Pick<Egress, 'request'>;
  readonly lender: Pick<TestingLender, 'lend'>;
  /** For what subscribing kept. */
  readonly seal: InstallSeal;
  /** For the secrets of client apps. */
  readonly vault: Vault;
  /** What starts runs of events. */
  readonly starts: Pick<GatewayPorts, 'clock' | 'skeleton' | 'store'>;
  readonly log: Logger;
  /** Where services call; no slash at the end. */
  readonly publicUrl: string;
}

/** What is known of a subscription. */
export interface KeptSubscription {
  readonly kept: Kept;
  /** False: it was begun, and nobody knows what the service did. */
  readonly isDone: boolean;
}

/** Seals what subscribing kept, for its endpoint only. */
export function sealKept({ seal }: Pick<TriggerParts, 'seal'>, endpointId: string, subscription: KeptSubscription): Uint8Array {
  return seal.seal(endpointId, JSON.stringify(subscription));
}

/** @throws InvariantError `secret_unreadable` */
export function openKept({ seal }: Pick<TriggerParts, 'seal'>, endpointId: string, sealed: Uint8Array): KeptSubscription {
  const opened: unknown = JSON.parse(seal.open(endpointId, sealed));
  if (!isJsonObject(opened) || !isJsonObject(opened['kept']))
    throw new InvariantError({ code: 'secret_unreadable', message: 'what was kept of a subscription has an unknown shape' });
  const kept = Object.fromEntries(
    Object.entries(opened['kept']).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ) as Kept;
  return { kept, isDone: opened['isDone'] === true };
}

/** The credential of a trigger. @param versionId the version that uses it; absent: what it was used for is undone */
export function credentialOf(
  workspaceId: string,
  { credentialId }: Pick<triggerBindings.TriggerSetting, 'credentialId'>,
  versionId?: string,
): CredentialRef | null {
  if (credentialId === null) return null;
  return { workspaceId, credentialId, ...(versionId === undefined ? {} : { versionId }) };
}

/** The setting alone. */
export function settingOf(of: triggerBindings.TriggerSetting): triggerBindings.TriggerSetting {
  const { way, connectorKey, triggerKey, input, credentialId, takesAll, settingHash } = of;
  return { way, connectorKey, triggerKey, input, credentialId, takesAll, settingHash };
}

/** What an event of a trigger is called: what another setting of the same node brings is another event. */
export function eventIdOf({ settingHash }: Pick<triggerBindings.TriggerSetting, 'settingHash'>, id: string): string {
  return `${settingHash}/${id}`;
}
