import { endpoints } from '@millwright/contracts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `DELETE /api/v1/session` */
export const removeSession = defineRoute(
  endpoints.session.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'signedIn', audit: 'none' },
  async ({ headers, principal, reply }, { identity }) => {
    reply.header('set-cookie', await identity.signOut(headers, principal.userId));
    return undefined;
  },
);
