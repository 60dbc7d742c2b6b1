import { durationMs, type Kept, type Subscriber } from '@millwright/connector-runtime';
import { ConnectorError, InvariantError, messageOf, randomToken } from '@millwright/core';
import { triggerHosting, type triggerBindings } from '@millwright/db';
import { listensAtApp } from './app-hooks.ts';
import { boundTrigger } from './bound-trigger.ts';
import { isDefinite } from './setbacks.ts';
import { credentialOf, openKept, sealKept, settingOf, type KeptSubscription, type TriggerParts } from './trigger-parts.ts';

/** A subscription that cannot be undone is given up after so many failures: what it delivers is refused anyway. */
const MOST_UNDOING = 8;

/** Work on one webhook. */
interface HookWork {
  readonly parts: TriggerParts;
  readonly binding: triggerHosting.ClaimedBinding;
  readonly signal: AbortSignal;
}

type Outcome = triggerHosting.BindingOutcome;

/** What it was subscribed with, as far as that is known; null: nothing. */
function toldOf({ parts, binding }: HookWork): { readonly setting: triggerBindings.TriggerSetting; readonly kept: Kept } | null {
  const { subscribed, sealedKept, endpointId } = binding;
  if (subscribed === null || sealedKept === null) return null;
  const { kept, isDone } = openKept(parts, endpointId, sealedKept);
  return isDone ? { setting: subscribed, kept } : null;
}

function subscriberOf({ parts, binding, signal }: HookWork, setting: triggerBindings.TriggerSetting, secret: string) {
  const { connector, trigger, input } = boundTrigger(parts.runners, setting);
  const { webhook } = trigger;
  if (webhook === undefined) throw new InvariantError({ code: 'webhook_missing', message: `${setting.triggerKey} has no webhook` });
  const isOfNow = setting.settingHash === binding.settingHash && binding.isWanted;
  const credential = credentialOf(binding.workspaceId, setting, isOfNow ? binding.versionId : undefined);
  const url = `${parts.publicUrl}/hooks/${binding.endpointId}`;
  return { connector, webhook, credential, input, callback: { url, secret }, signal } satisfies Subscriber;
}

/** Whether a service that should call refused our address: nothing is subscribed, and it is asked what is new. */
export function isAskedInstead({ way, subscribed, pollState }: triggerHosting.ClaimedBinding): boolean {
  return way === 'webhook' && subscribed === null && pollState !== null;
}

/**
 * Whether a service may be asked instead of calling: it will not take our address, whatever is tried, and there is a way to ask. It stays so
 * until the workflow is switched off and on, or listens to something else: changing over in between would lose events, or have them twice.
 */
export function mayBeAsked(work: HookWork, thrown: unknown): boolean {
  const { parts, binding } = work;
  const isRefused = thrown instanceof ConnectorError && thrown.kind === 'permanent';
  if (!isRefused || !binding.isWanted || toldOf(work) !== null) return false;
  return boundTrigger(parts.runners, binding).trigger.poll !== undefined;
}

/** Tells the service that nothing is wanted any more, and forgets what was kept. */
async function undo(work: HookWork, told: { readonly setting: triggerBindings.TriggerSetting; readonly kept: Kept }): Promise<void> {
  const { parts, binding } = work;
  try {
    const subscriber = subscriberOf(work, told.setting, told.kept['secret'] ?? '');
    await parts.connectors.subscriptions.unsubscribe(subscriber, told.kept);
  } catch (thrown) {
    if (!isDefinite(thrown) && binding.faults < MOST_UNDOING) throw thrown;
    const { workspaceId, endpointId } = binding;
    parts.log.warn(
      { workspaceId, endpointId, detail: messageOf(thrown) },
      'a subscription could not be undone; what it delivers is refused',
    );
  }
  await triggerHosting.storeSubscription(parts.db.executor, binding, { subscribed: null, sealedKept: null });
}

function renewInMs({ webhook: { renew } }: Pick<Subscriber, 'webhook'>): number | null {
  return renew === undefined ? null : durationMs(renew.every);
}

function listening({ parts, binding }: HookWork, subscriber: Subscriber, kept: Kept): Outcome {
  const renewsInMs = renewInMs(subscriber);
  const sealedKept = sealKept(parts, binding.endpointId, { kept, isDone: true });
  return {
    status: 'listening',
    nextInMs: renewsInMs,
    subscription: { subscribed: settingOf(binding), sealedKept, renewInMs: renewsInMs },
  };
}

/**
 * Notes what the service was told, before anything else can go wrong.
 * @param app whose events come to the address of the client app; absent: they come to its own
 * @returns false when another process is at it by now
 */
async function note({ parts, binding }: HookWork, subscription: KeptSubscription, app?: { readonly appAccount: string }): Promise<boolean> {
  const sealedKept = sealKept(parts, binding.endpointId, subscription);
  return triggerHosting.storeSubscription(parts.db.executor, binding, { subscribed: settingOf(binding), sealedKept, ...app });
}

/** Finds out whose events are meant; the vendor knows the address of the app already. Asked anew each time, as the account may be another. */
async function listenAtApp(work: HookWork): Promise<Outcome | null> {
  const subscriber = subscriberOf(work, work.binding, '');
  const appAccount = await work.parts.connectors.subscriptions.account(subscriber);
  const kept = { account: appAccount };
  return (await note(work, { kept, isDone: true }, { appAccount })) ? listening(work, subscriber, kept) : null;
}

/**
 * Tells the service our address. The secret is stored first, as the service may call before it has answered; each attempt has its own, so
 * that what an attempt left behind whose answer was lost is refused, and delivers nothing twice.
 */
async function subscribe(work: HookWork): Promise<Outcome | null> {
  const { parts, binding } = work;
  const secret = randomToken();
  const subscriber = subscriberOf(work, binding, secret);
  if (!(await note(work, { kept: { secret }, isDone: false }))) return null;
  const kept = await parts.connectors.subscriptions.subscribe(subscriber);
  if (await note(work, { kept, isDone: true })) return listening(work, subscriber, kept);
  await parts.connectors.subscriptions.unsubscribe(subscriber, kept);
  return null;
}

async function renew(work: HookWork, kept: Kept): Promise<Outcome> {
  const subscriber = subscriberOf(work, work.binding, kept['secret'] ?? '');
  const renewed = await work.parts.connectors.subscriptions.renew(subscriber, kept);
  await note(work, { kept: renewed, isDone: true });
  return listening(work, subscriber, renewed);
}

/**
 * Brings the service's side of a webhook to what is wanted: subscribed with the setting of now, renewed in time, or undone.
 * @returns null when another process is at it by now
 * @throws ConnectorError, UserError
 */
export async function tendHook(work: HookWork): Promise<Outcome | null> {
  const { binding, parts } = work;
  const told = toldOf(work);
  const isWanted = binding.isWanted && binding.way === 'webhook';
  const isOther = told !== null && told.setting.settingHash !== binding.settingHash;
  if (told !== null && (!isWanted || isOther)) await undo(work, told);
  if (!isWanted) return { status: 'off', nextInMs: null };
  if (await listensAtApp(parts, binding)) return listenAtApp(work);
  // A subscription with an address of its own keeps a secret, always; one at its app's address has none.
  const isAtApp = told !== null && told.kept['secret'] === undefined;
  if (told === null || isOther || isAtApp) return subscribe(work);
  const dueInMs = binding.renewAt === null ? null : binding.renewAt.getTime() - parts.starts.clock.nowMs();
  if (dueInMs !== null && dueInMs <= 0) return renew(work, told.kept);
  return { status: 'listening', nextInMs: dueInMs };
}
