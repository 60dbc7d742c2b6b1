import { endpoints } from '@millwright/contracts';
import { definePublicRoute } from '../../registry/route.ts';

/** `GET /healthz` */
export const getHealth = definePublicRoute(
  endpoints.health.live,
  { permission: 'anyone', tenant: 'none', bodyLimitBytes: 0, rateClass: 'probe', csrf: 'none', audit: 'none' },
  async () => ({ status: 'ok' as const }),
);
