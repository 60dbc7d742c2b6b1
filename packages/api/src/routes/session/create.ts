import { endpoints } from '@millwright/contracts';
import { enter } from '../../identity/session-view.ts';
import { definePublicRoute, ENTRY_RULES } from '../../registry/route.ts';

/** `POST /api/v1/session`: counted by address before the body is read, and here by account. */
export const createSession = definePublicRoute(
  endpoints.session.create,
  { ...ENTRY_RULES, tenant: 'none' },
  async ({ body, reply }, deps) => {
    deps.limiter.take('signIn', `account ${body.email}`);
    return enter(await deps.identity.signIn(body), reply, deps);
  },
);
