import type { ConnectorSpec } from '../connector.ts';
import type { ConnectorTriggerSpec, WebhookTrigger } from '../triggers.ts';
import { TRIGGER_PARAMETERS } from '../trigger-node/trigger-fields.ts';
import { methodAndPath, requestFaults } from './references.ts';

function pollFaults(at: string, trigger: ConnectorTriggerSpec, spec: ConnectorSpec): readonly string[] {
  const { poll } = trigger;
  if (poll === undefined) return [];
  const faults: string[] = [];
  const used = spec.actions[poll.use];
  if (used === undefined) faults.push(`${at}.poll.use "${poll.use}" is no action: write one of ${Object.keys(spec.actions).join(', ')}`);
  else if (used.pages === undefined) faults.push(`${at}.poll.use "${poll.use}" gives no list: name an action with pages`);
  if (poll.dedupe.trim() === '') faults.push(`${at}.poll.dedupe is missing: write what names an event, like 'id' or 'id+updatedAt'`);
  if (poll.cursor.field.trim() === '') faults.push(`${at}.poll.cursor.field is missing: write the field by which the list goes forward`);
  return faults;
}

/** What is wrong with a webhook that one address receives for all accounts of the client app. */
function accountFaults(at: string, webhook: WebhookTrigger, spec: ConnectorSpec): readonly string[] {
  const { account, ownSecret, scope, subscribe, verify } = webhook;
  const isForApp = scope === 'app' && account !== undefined;
  if (!isForApp) {
    const strays = Object.entries({ account, ownSecret }).filter(([, value]) => value !== undefined && scope !== 'app');
    return strays.map(([name]) => `${at}.webhook.${name} is only for scope: 'app': write it, or leave ${name} out`);
  }
  const faults = [...requestFaults(`${at}.webhook.account`, account, { spec, roots: new Set() })];
  if (spec.baseUrl.includes('{{') || methodAndPath(account).path.includes('{{'))
    faults.push(`${at}.webhook.account: only the vendor may say whose account it is: write an address without {{…}}`);
  const { events } = spec;
  if (events === undefined)
    faults.push(`events is missing: ${at} needs an address that an admin enters at the vendor; write { place: 'Where there' }`);
  const proves = events?.signingSecret === undefined ? 'client.clientSecret' : 'client.signingSecret';
  if (verify.kind !== 'hmac' || verify.secret !== proves)
    faults.push(
      `${at}.webhook.verify: what comes to the address of the app is proved with its secret: write hmac(…, { secret: '${proves}' })`,
    );
  if (subscribe !== undefined)
    faults.push(`${at}.webhook.subscribe: the address of the app is entered at the vendor by an admin: leave it out`);
  const name = ownSecret?.slice('credential.'.length);
  if (name !== undefined && !Object.values(spec.auth).some(({ fields }) => fields.some((field) => field.name === name && field.secret)))
    faults.push(`${at}.webhook.ownSecret names no secret field of auth: add secretField('${name}', …) there`);
  return faults;
}

/** One address has one proof. */
function addressFaults({ triggers = {} }: ConnectorSpec): readonly string[] {
  const proofs = new Set(
    Object.values(triggers).flatMap(({ webhook }) =>
      webhook?.account === undefined ? [] : [JSON.stringify([webhook.verify, webhook.challenge])],
    ),
  );
  return proofs.size < 2 ? [] : ["triggers: all with scope: 'app' share one address: give them the same verify and challenge"];
}

function webhookFaults(at: string, trigger: ConnectorTriggerSpec, spec: ConnectorSpec): readonly string[] {
  const { webhook } = trigger;
  if (webhook === undefined) return [];
  const faults: string[] = [];
  if (webhook.dedupe.trim() === '')
    faults.push(`${at}.webhook.dedupe is missing: write what names an event, like 'header.x-delivery' or 'id'`);
  if ((webhook.verify as unknown) === undefined)
    faults.push(`${at}.webhook.verify is missing: write hmac('sha256', { … }), or { kind: 'token', … }`);
  if (webhook.scope === 'app' && webhook.route === undefined)
    faults.push(`${at}.webhook.route is missing: one address for all accounts needs to know whose a delivery is`);
  faults.push(...accountFaults(at, webhook, spec));
  const roots = new Set([...Object.keys(trigger.input.shape), 'callback', 'kept', 'client']);
  for (const name of ['subscribe', 'unsubscribe', 'renew'] as const) {
    const request = webhook[name];
    if (request !== undefined) faults.push(...requestFaults(`${at}.webhook.${name}`, request, { spec, roots }));
  }
  if (webhook.subscribe !== undefined && webhook.unsubscribe === undefined)
    faults.push(`${at}.webhook.unsubscribe is missing: what is subscribed must be undone when the workflow is switched off`);
  return faults;
}

/** What is wrong with the triggers of a connector. */
export function triggerFaults(spec: ConnectorSpec): readonly string[] {
  const own = Object.entries(spec.triggers ?? {}).flatMap(([key, trigger]) => {
    const at = `triggers.${key}`;
    const taken = Object.values(TRIGGER_PARAMETERS).filter((name) => name in trigger.input.shape);
    const parsed = trigger.output.schema.safeParse(trigger.output.sample);
    return [
      ...taken.map((name) => `${at}.input.${name} is what the product asks of every trigger: take another name`),
      ...(trigger.webhook === undefined && trigger.poll === undefined ? [`${at} has neither webhook nor poll: write how events come`] : []),
      ...(parsed.success
        ? []
        : [
            `${at}.output.sample does not fit its schema: ${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''}`,
          ]),
      ...(trigger.input.safeParse(trigger.example).success
        ? []
        : [`${at}.example does not fit input: write parameters that the service would accept`]),
      ...webhookFaults(at, trigger, spec),
      ...pollFaults(at, trigger, spec),
    ];
  });
  return [...own, ...addressFaults(spec)];
}
