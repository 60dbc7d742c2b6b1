import { endpoints } from '@millwright/contracts';
import { workspaces } from '@millwright/db';
import { definePublicRoute } from '../../registry/route.ts';

/** `GET /api/v1/setup` */
export const getSetup = definePublicRoute(
  endpoints.setup.get,
  { permission: 'anyone', tenant: 'none', bodyLimitBytes: 0, rateClass: 'probe', csrf: 'none', audit: 'none' },
  async (_call, { db }) => ({ needsOwner: await workspaces.needsOwner(db.identity) }),
);
