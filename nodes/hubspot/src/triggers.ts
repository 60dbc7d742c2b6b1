import { hmac, z, type ConnectorTriggerSpec } from '@millwright/node-sdk';
import { record, recordSample } from './actions/records.ts';

const KINDS = {
  'contact.creation': 'Contact made',
  'contact.propertyChange': 'Contact changed',
  'contact.deletion': 'Contact deleted',
  'company.creation': 'Company made',
  'company.propertyChange': 'Company changed',
  'deal.creation': 'Deal made',
  'deal.propertyChange': 'Deal changed',
  'ticket.creation': 'Ticket made',
  'ticket.propertyChange': 'Ticket changed',
} as const;

const happened = { objectId: 51_401, occurredAt: 1_769_817_600_000, portalId: 33 };

export const crmEvent: ConnectorTriggerSpec = {
  title: 'Event',
  description: 'When HubSpot tells the app of a change. It names the record and the property; read the record for the rest.',
  aliases: ['webhook', 'crm', 'ereignis'],
  input: z.strictObject({
    kind: z
      .enum(Object.keys(KINDS) as [keyof typeof KINDS])
      .default('contact.creation')
      .meta({ title: 'What', field: { control: 'options', options: KINDS } }),
    property: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Property', description: 'Internal name. Empty: any.', field: { placeholder: 'dealstage' } }),
  }),
  output: {
    schema: z.object({ objectId: z.int(), subscriptionType: z.string(), occurredAt: z.int() }),
    sample: { ...happened, subscriptionType: 'deal.propertyChange', propertyName: 'dealstage', propertyValue: 'closedwon' },
  },
  example: { kind: 'deal.propertyChange', property: 'dealstage' },
  webhook: {
    scope: 'app',
    // A delivery holds events of several accounts.
    route: 'portalId',
    account: { get: '/account-info/v3/details', from: 'body.portalId' },
    ownSecret: 'credential.signingSecret',
    // https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests
    verify: hmac('sha256', {
      header: 'x-hubspot-signature-v3',
      as: 'base64',
      over: '{{method}}{{url}}{{raw}}{{timestamp}}',
      timestampHeader: 'x-hubspot-request-timestamp',
      secret: 'client.clientSecret',
      maxAge: '5m',
    }),
    split: 'body',
    only: { subscriptionType: '{{kind}}', propertyName: '{{property}}' },
    // HubSpot's event ids are not promised to differ.
    dedupe: 'eventId+subscriptionId+objectId+occurredAt',
  },
};

/** Records of a kind that were made or changed; found by asking. */
function changed(one: 'contact' | 'company' | 'deal', sample: Readonly<Record<string, string>>): ConnectorTriggerSpec {
  return {
    title: `${one[0]?.toUpperCase()}${one.slice(1)} created or changed`,
    description: `Gives each ${one} that was made or changed; HubSpot is asked every five minutes.`,
    aliases: ['poll', 'crm', 'neu', 'geändert'],
    input: z.strictObject({}),
    output: { schema: record, sample: recordSample(sample) },
    example: {},
    poll: {
      use: `${one}.search`,
      input: { changedSince: '{{cursor}}' },
      every: '5m',
      // The index of the search is some seconds behind.
      cursor: { field: 'updatedAt', overlap: '60s' },
      dedupe: 'id+updatedAt',
    },
  };
}

export const contactChanged = changed('contact', { email: 'ada@example.com' });
export const companyChanged = changed('company', { name: 'Example' });
export const dealChanged = changed('deal', { dealname: 'New website' });
