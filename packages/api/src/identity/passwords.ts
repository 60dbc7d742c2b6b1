import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** argon2id as OWASP's password storage page (2025) gives it: 19 MiB, 2 passes, 1 lane; about 35 ms. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;

function parametersOf(
  password: string,
  nonce: Uint8Array,
  cost: typeof COST | { readonly memory: number; readonly passes: number; readonly parallelism: number },
): Argon2Parameters {
  return { ...cost, message: password.normalize('NFKC'), nonce, tagLength: TAG_BYTES };
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

/** Hashes a password for storage, as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive('argon2id', parametersOf(password, salt, COST));
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Whether a password is the one that was hashed; false for a hash of another form. */
export async function verifyPassword(given: { readonly hash: string; readonly password: string }): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(given.hash);
  if (match === null) return false;
  const [memory, passes, parallelism] = match.slice(1, 4).map(Number);
  const salt = Buffer.from(match[4] ?? '', 'base64');
  const expected = Buffer.from(match[5] ?? '', 'base64');
  if (memory === undefined || passes === undefined || parallelism === undefined || expected.length !== TAG_BYTES) return false;
  return timingSafeEqual(await derive('argon2id', parametersOf(given.password, salt, { memory, passes, parallelism })), expected);
}
