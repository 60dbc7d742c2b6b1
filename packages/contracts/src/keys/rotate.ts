import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/**
 * Exchanges a key while everything goes on. `workspace`: every stored secret's data key is wrapped by a fresh workspace key. `root`: every
 * workspace key is wrapped by a fresh root key. 409 `root_key_not_ours` where the root key is given by the environment or a command.
 */
export const rotateKeys = defineEndpoint({
  method: 'POST',
  path: '/api/v1/keys/rotate',
  summary: 'Exchange an encryption key',
  body: z.strictObject({ key: z.enum(['workspace', 'root']) }),
  /** `id`: of the workspace key, or the fingerprint of the root key. */
  answer: { status: 200, body: z.object({ key: z.enum(['workspace', 'root']), id: z.string(), rewrapped: z.int() }) },
});
