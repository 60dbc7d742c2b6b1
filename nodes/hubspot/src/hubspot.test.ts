import { fileURLToPath } from 'node:url';
import { describeConnector } from '@millwright/testing/connectors';
import hubspot from './index.ts';

const event = {
  eventId: 1,
  subscriptionId: 12,
  portalId: 33,
  subscriptionType: 'deal.propertyChange',
  propertyName: 'dealstage',
  propertyValue: 'closedwon',
  objectId: 51_401,
  occurredAt: 1_769_817_600_000,
};

describeConnector(hubspot, {
  contract: fileURLToPath(new URL('../contracts/crm.json', import.meta.url)),
  mock: { answers: { 'get-account': { body: { portalId: event.portalId } } } },
  triggers: { event: { body: JSON.stringify([event]) } },
});
