import { defineEndpoint } from '../../endpoint.ts';
import { networkRulesSchema } from './view.ts';

/** Hosts that the work of this workspace may reach. */
export const getNetworkRules = defineEndpoint({
  method: 'GET',
  path: '/api/v1/network/rules',
  summary: 'Hosts that workflows may reach',
  answer: { status: 200, body: networkRulesSchema },
});
