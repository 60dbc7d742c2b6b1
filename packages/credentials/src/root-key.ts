import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { InvariantError, UserError } from '@millwright/core';

/** Bytes of every key of ours: AES-256. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** File in the data folder, readable by its owner only. */
const FILE = 'root.key';

/** The one secret that everything else is derived from or wrapped by. Never printed: its bytes are private. */
export class RootKey {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    if (bytes.length !== KEY_BYTES) throw new InvariantError({ code: 'root_key_length', message: `a root key has ${KEY_BYTES} bytes` });
    this.#bytes = bytes;
  }

  /**
   * A secret for one purpose; the same for ever for one root key (HKDF-SHA256).
   * @param purpose says what for, such as `postgres/app`; distinct purposes share nothing
   * @returns 64 hex characters
   */
  derive(purpose: string): string {
    return Buffer.from(hkdfSync('sha256', this.#bytes, 'millwright', purpose, KEY_BYTES)).toString('hex');
  }

  /**
   * Encrypts a key (AES-256-GCM): nonce, tag, ciphertext.
   * @param binding what the key belongs to; unwrapping needs the same
   */
  wrap(key: Uint8Array, binding: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#bytes, nonce).setAAD(Buffer.from(binding));
    const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /**
   * Decrypts what `wrap` made.
   * @throws UserError `root_key_wrong` when this root key or the binding is another one
   */
  unwrap(wrapped: Uint8Array, binding: string): Uint8Array {
    const bytes = Buffer.from(wrapped);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#bytes, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(binding));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    } catch (thrown) {
      throw new UserError('unprocessable', {
        code: 'root_key_wrong',
        message: 'a stored key cannot be opened with this root key',
        hint: 'This data folder or database belongs to another root key. Restore its root.key, or set MILLWRIGHT_ROOT_KEY to it.',
        cause: thrown,
      });
    }
  }
}

function parse(text: string, from: string): RootKey {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length === KEY_BYTES) return new RootKey(bytes);
  throw new UserError('invalid', {
    code: 'root_key_invalid',
    message: `${from} holds no root key`,
    hint: 'A root key is 32 random bytes in base64: `openssl rand -base64 32` makes one. A lost root key cannot be replaced: restore it from your backup.',
  });
}

/** Refuses a file that others may read. */
async function checkMode(file: string): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  throw new UserError('invalid', {
    code: 'root_key_readable',
    message: `${file} may be read by others (mode ${(mode & 0o777).toString(8)})`,
    hint: `Run: chmod 600 ${file}`,
  });
}

/** Writes a new key beside its place and links it there, so that two processes that start together agree on one. */
async function create(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    await unlink(draft);
  }
}

/**
 * The root key of an install: the given text, else `<dataDir>/root.key`, which is made on first use (0600).
 * @param given base64 of 32 bytes, from the environment
 * @throws UserError `root_key_invalid`, `root_key_readable`
 */
export async function loadRootKey(dataDir: string, given?: string): Promise<RootKey> {
  if (given !== undefined) return parse(given, 'MILLWRIGHT_ROOT_KEY');
  const file = path.join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true });
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (!exists) await create(file);
  await checkMode(file);
  return parse(await readFile(file, 'utf8'), file);
}
