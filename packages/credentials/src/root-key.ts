import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '@millwright/core';

/** Where the root key comes from. */
export interface RootKeySource {
  /** `<data>/root.key`: read, or made when it does not exist. Not touched when there is a value. */
  readonly file: string;
  /** `MILLWRIGHT_ROOT_KEY`: 32 bytes as base64 (either alphabet) or hex. */
  readonly value?: string | undefined;
}

/** The one secret that everything else derives from or is wrapped by. Its bytes cannot be printed or serialised. */
export interface RootKey {
  /** For AES-256-GCM. */
  readonly key: KeyObject;
  /**
   * 32 bytes that only this key and purpose give (HKDF-SHA-256, RFC 5869).
   * @param purpose what they are for: `role:app`, `sessions`, `waits`; another purpose gives unrelated bytes
   */
  readonly derive: (purpose: string) => Uint8Array;
  /** The same as base64url text (43 characters): passwords and signing secrets. */
  readonly deriveText: (purpose: string) => string;
}

const KEY_BYTES = 32;
const SALT = 'millwright/root-key/1';

/**
 * Loads the root key, and makes one where there is none. Two processes that start at once get the same.
 * @throws UserError `root_key_invalid` when value or file is not 32 bytes, `root_key_exposed` when others may read the file
 */
export async function loadRootKey(source: RootKeySource): Promise<RootKey> {
  if (source.value !== undefined && source.value !== '') return toRootKey(parse(source.value, 'MILLWRIGHT_ROOT_KEY'));
  const text = (await readKeyFile(source.file)) ?? (await makeKeyFile(source.file));
  return toRootKey(parse(text, source.file));
}

async function readKeyFile(file: string): Promise<string | null> {
  try {
    const { mode } = await stat(file);
    // Windows has no such bits; its profile folders are private.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new UserError('forbidden', {
        code: 'root_key_exposed',
        message: `${file} can be read or changed by other users (mode ${(mode & 0o777).toString(8)})`,
        hint: `Run: chmod 600 ${file}. If others had access, treat every stored credential as known to them.`,
      });
    }
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}

/** Written beside and linked into place: the file appears whole or not at all, and the first one stays. */
async function makeKeyFile(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  const handle = await open(beside, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(beside, file);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  } finally {
    await rm(beside, { force: true });
  }
  return (await readKeyFile(file)) ?? '';
}

function parse(text: string, from: string): Buffer {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (bytes.length === KEY_BYTES && /^[\w+/=-]+$/.test(trimmed)) return bytes;
  throw new UserError('invalid', {
    code: 'root_key_invalid',
    message: `${from} does not hold 32 bytes as base64 or hex`,
    hint: 'Put the original key back. A new one (openssl rand -base64 32) cannot read what was encrypted before.',
  });
}

function toRootKey(bytes: Buffer): RootKey {
  const key = createSecretKey(bytes);
  const derive = (purpose: string): Uint8Array => new Uint8Array(hkdfSync('sha256', key, SALT, purpose, KEY_BYTES));
  return { key, derive, deriveText: (purpose) => Buffer.from(derive(purpose)).toString('base64url') };
}
