import { bearer, cursor, defineConnector, header, list, oauth2, per, secretField, when, window } from '@millwright/node-sdk';
import * as contacts from './actions/contact.ts';
import * as engagements from './actions/engagement.ts';
import * as sales from './actions/sales.ts';
import de from './locales/de.json' with { type: 'json' };
import { companyChanged, contactChanged, crmEvent, dealChanged } from './triggers.ts';

const pipelines = (of: string) =>
  list({ request: { get: `/crm/v3/pipelines/${of}` }, items: 'body.results', value: 'id', label: 'label', cache: '10m' });

const signingSecret = secretField('signingSecret', 'Client secret of the app', {
  required: false,
  description: 'Only for the trigger "Event" of an app of your own. Whoever signs in leaves it empty.',
});

export default defineConnector({
  key: 'hubspot',
  title: 'HubSpot',
  version: '1.0.0',
  categories: ['crm'],
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#64748b" stroke-width="2"><circle cx="9" cy="8" r="4"/><path d="M2 21a7 7 0 0 1 14 0M17 4.5a4 4 0 0 1 0 7M22 21a7 7 0 0 0-4-6.3"/></svg>',
  baseUrl: 'https://api.hubapi.com',
  auth: {
    oauth: oauth2({
      label: 'Sign in with HubSpot',
      fields: [signingSecret],
      authorizeUrl: 'https://app.hubspot.com/oauth/authorize',
      // The one before, /oauth/v1/token, ends in February 2027.
      tokenUrl: 'https://api.hubapi.com/oauth/2026-03/token',
      revokeUrl: 'https://api.hubapi.com/oauth/2026-03/token/revoke',
      tokenAuth: 'body',
      pkce: false,
      scopes: [
        'oauth',
        'crm.objects.contacts.read',
        'crm.objects.contacts.write',
        'crm.objects.companies.read',
        'crm.objects.companies.write',
        'crm.objects.deals.read',
        'crm.objects.deals.write',
        'crm.objects.owners.read',
        'tickets',
      ],
      console: {
        url: 'https://app.hubspot.com/developer-projects',
        notes: 'Create an app; enter the redirect address and the same scopes. For "Event", subscribe to the changes that you want.',
      },
    }),
    token: bearer({ label: 'Private app token', fields: [signingSecret] }),
  },
  test: { get: '/account-info/v3/details', show: 'Portal {{portalId}}' },
  // https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
  limits: { default: window(100, '10s', per('credential')), search: window(5, '1s', per('credential')) },
  retry: {
    on: [429, 502, 503, 504, 500],
    wait: [header('retry-after'), when('body.policyName', 'SECONDLY', '1s'), when('body.policyName', 'TEN_SECONDLY_ROLLING', '10s')],
  },
  errors: {
    message: 'body.message',
    code: 'body.category',
    field: 'body.errors[0].context.propertyName[0]',
    never: ['VALIDATION_ERROR', 'OBJECT_NOT_FOUND', 'CONFLICT'],
  },
  pages: {
    crm: cursor({ items: 'body.results', send: 'query.after', from: 'body.paging.next.after', size: ['query.limit', 100] }),
    search: cursor({ items: 'body.results', send: 'body.after', from: 'body.paging.next.after', size: ['body.limit', 200], maxPages: 50 }),
  },
  options: {
    owners: list({ request: { get: '/crm/v3/owners' }, items: 'body.results', value: 'id', label: 'email', pages: 'crm', cache: '5m' }),
    dealPipelines: pipelines('deals'),
    ticketPipelines: pipelines('tickets'),
  },
  actions: {
    'contact.upsert': contacts.contactUpsert,
    'contact.get': contacts.contactGet,
    'contact.search': contacts.contactSearch,
    'contact.list': contacts.contactList,
    'contact.delete': contacts.contactDelete,
    'company.create': sales.companyCreate,
    'company.update': sales.companyUpdate,
    'company.get': sales.companyGet,
    'company.search': sales.companySearch,
    'deal.create': sales.dealCreate,
    'deal.update': sales.dealUpdate,
    'deal.get': sales.dealGet,
    'deal.search': sales.dealSearch,
    'ticket.create': sales.ticketCreate,
    'note.create': engagements.noteCreate,
    'task.create': engagements.taskCreate,
    'association.create': engagements.associationCreate,
    'owner.list': engagements.ownerList,
  },
  triggers: { event: crmEvent, 'contact.changed': contactChanged, 'company.changed': companyChanged, 'deal.changed': dealChanged },
  events: { place: 'Webhooks › Target URL' },
  locales: { de },
});
