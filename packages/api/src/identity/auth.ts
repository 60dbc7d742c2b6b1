import { betterAuth } from 'better-auth';
import { newId, randomToken } from '@millwright/core';
import type { Database } from '@millwright/db';
import { hashPassword, verifyPassword } from './passwords.ts';

/** How long a session lives without use, and how often its end is moved, in seconds. */
const SESSION = { expiresIn: 14 * 86_400, updateAge: 86_400 } as const;

/** What better-auth needs of us. */
export interface AuthOptions {
  /** Pool of the identity role. */
  readonly pool: Database['auth'];
  readonly secret: string;
  readonly publicUrl: string;
}

/**
 * better-auth as a library: e-mail and password, sessions in Postgres, cookie HttpOnly and SameSite=Lax.
 * Its own HTTP handler is never mounted; our routes call `api`.
 */
export function createAuth({ pool, secret, publicUrl }: AuthOptions) {
  return betterAuth({
    appName: 'Millwright',
    baseURL: publicUrl,
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { ...SESSION, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'millwright',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: ({ model }) => (model === 'user' ? newId('user') : randomToken()) },
    },
  });
}

/** The configured library. */
export type Auth = ReturnType<typeof createAuth>;
