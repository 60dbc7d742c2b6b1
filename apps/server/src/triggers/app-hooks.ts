import { UserError } from '@millwright/core';
import { openClientApp, type OpenClientApp } from '@millwright/credentials';
import type { triggerHosting } from '@millwright/db';
import type { WebhookTrigger } from '@millwright/node-sdk';
import { boundTrigger } from './bound-trigger.ts';
import { credentialOf, type TriggerParts } from './trigger-parts.ts';

/** What proves deliveries to the address of a client app; empty where it was not entered. */
function secretOf({ verify }: WebhookTrigger, app: OpenClientApp): string {
  if (verify.kind !== 'hmac') return '';
  return (verify.secret === 'client.signingSecret' ? app.signingSecret : app.clientSecret) ?? '';
}

function unready(title: string): UserError {
  return new UserError('conflict', {
    code: 'trigger_app_unready',
    message: `the client app of ${title} is not entered, or has no signing secret`,
    hint: 'An admin enters it under Settings › Apps; then this listens by itself.',
  });
}

function foreign(title: string): UserError {
  return new UserError('conflict', {
    code: 'trigger_app_foreign',
    message: `this connection was not made with the client app of ${title}, so that its events do not come here`,
    hint: `Choose a connection that signs in to ${title}, or enter the signing secret of your own app in this connection.`,
  });
}

/**
 * Whether a trigger gets its events from the one address of its connector's client app. Only accounts that were connected with that app do,
 * so that nobody hears through it what his own access would not show him; other apps have an address of their own, and their own secret.
 * @throws UserError `trigger_app_unready`, `trigger_app_foreign`; as lending
 */
export async function listensAtApp(parts: TriggerParts, binding: triggerHosting.ClaimedBinding): Promise<boolean> {
  const { connector, trigger } = boundTrigger(parts.runners, binding);
  const { webhook } = trigger;
  const credential = credentialOf(binding.workspaceId, binding, binding.versionId);
  if (webhook?.scope !== 'app' || credential === null) return false;
  const ownSecret = webhook.ownSecret?.slice('credential.'.length) ?? '';
  const { hasOwnAddress, isOfApp } = await parts.lender.lend(credential, async ({ auth, fields }) => ({
    hasOwnAddress: (fields[ownSecret] ?? '') !== '',
    isOfApp: (auth.kind === 'oauth2' || auth.kind === 'deviceCode') && (fields['clientId'] ?? '') === '',
  }));
  if (hasOwnAddress) return false;
  if (!isOfApp) throw foreign(connector.title);
  const app = await parts.db.tenant(binding.workspaceId, async (tx) => openClientApp(tx, parts.vault, connector.key));
  if (app === null || secretOf(webhook, app) === '') throw unready(connector.title);
  return true;
}

/** A webhook as deliveries to the trigger's own address are judged; null: it has none. */
export function atOwnAddress(webhook: WebhookTrigger): WebhookTrigger | null {
  if (webhook.scope !== 'app') return webhook;
  const { ownSecret, verify } = webhook;
  return ownSecret === undefined || verify.kind !== 'hmac' ? null : { ...webhook, verify: { ...verify, secret: ownSecret } };
}
