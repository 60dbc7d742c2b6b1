import { defineEndpoint } from '../../endpoint.ts';
import { networkRulesSchema } from './view.ts';

/** Sets the hosts that the work of this workspace may reach; from a few seconds later on every request obeys. 422 where one is no host. */
export const putNetworkRules = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/network/rules',
  summary: 'Set the hosts that workflows may reach',
  body: networkRulesSchema,
  answer: { status: 200, body: networkRulesSchema },
});
