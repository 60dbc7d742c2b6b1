import type { ConnectorSpec } from '../connector.ts';
import type { ConnectorTriggerSpec } from '../triggers.ts';
import { TRIGGER_PARAMETERS } from '../trigger-node/trigger-fields.ts';
import { requestFaults } from './references.ts';

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
  return Object.entries(spec.triggers ?? {}).flatMap(([key, trigger]) => {
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
}
