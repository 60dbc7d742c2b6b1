import { endpoints } from '@millwright/contracts';
import { networkRules } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';

/** `GET /api/v1/network/rules` */
export const getNetworkRules = defineRoute(
  endpoints.network.getRules,
  { ...READ_RULES, permission: 'network.manage' },
  async ({ read }) => {
    const { allow, deny } = await read(networkRules.get);
    return { allow: [...allow], deny: [...deny] };
  },
);
