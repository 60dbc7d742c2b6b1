import { endpoints } from '@millwright/contracts';
import { toSessionView } from '../../identity/session-view.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/session`: also moves the session's end, since the app asks it whenever it opens. */
export const getSession = defineRoute(
  endpoints.session.get,
  { ...READ_RULES, permission: 'signedIn' },
  async ({ principal, headers, reply }, deps) => {
    const { cookies, expiresAtMs } = await deps.identity.refresh(headers);
    if (cookies.length > 0) reply.header('set-cookie', cookies);
    return toSessionView({ ...principal, expiresAtMs: expiresAtMs ?? principal.expiresAtMs }, deps);
  },
);
