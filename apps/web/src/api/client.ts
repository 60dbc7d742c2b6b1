import { createClient } from '@millwright/client';

/** The one client of the app: same origin, session cookie, CSRF header. */
export const api = createClient();
