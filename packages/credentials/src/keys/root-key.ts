import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { UserError } from '@millwright/core';
import { exchangedText, parseKeyText, type KeyTexts } from './key-text.ts';
import { makeKeyFile, readKeyCommand, readKeyFile, replaceKeyFile } from './key-sources.ts';

/** Where the root key comes from: the value, else the command, else the file. */
export interface RootKeySource {
  /** `<data>/root.key`: read, or made when it does not exist. Not touched when there is a value or a command. */
  readonly file: string;
  /** `MILLWRIGHT_ROOT_KEY`: 32 bytes as base64 (either alphabet) or hex; see `parseKeyText` for more than one. */
  readonly value?: string | undefined;
  /** `MILLWRIGHT_ROOT_KEY_COMMAND`: a shell command that prints the same, such as one of a key store. */
  readonly command?: string | undefined;
}

/** The one secret that everything else derives from or is wrapped by. Its bytes cannot be printed or serialised. */
export interface RootKey {
  /** For AES-256-GCM; another one after a rotation. */
  readonly key: KeyObject;
  /** Fingerprint of `key`; says nothing about it. */
  readonly id: string;
  /** Older ones, for reading only. */
  readonly previous: readonly KeyObject[];
  readonly source: 'file' | 'value' | 'command';
  /**
   * 32 bytes that only this key and purpose give (HKDF-SHA-256, RFC 5869). A rotation does not change them.
   * @param purpose what they are for: `role:app`, `sessions`, `waits`; another purpose gives unrelated bytes
   */
  readonly derive: (purpose: string) => Uint8Array;
  /** The same as base64url text (43 characters): passwords and signing secrets. */
  readonly deriveText: (purpose: string) => string;
  /** Reads the source again: somebody may have exchanged the key. @throws as `loadRootKey` */
  readonly reload: () => Promise<void>;
  /** Writes a fresh key into the file; the old one stays there for reading. @throws UserError `root_key_not_ours` where there is no file */
  readonly exchange: () => Promise<void>;
}

const KEY_BYTES = 32;
const SALT = 'millwright/root-key/1';

/**
 * Loads the root key, and makes one where there is none. Two processes that start at once get the same.
 * @throws UserError `root_key_invalid` when a source does not give 32 bytes, `root_key_exposed` when others may read the file,
 * `root_key_command` when the command fails
 */
export async function loadRootKey(source: RootKeySource): Promise<RootKey> {
  const kind = kindOf(source);
  let texts = await readTexts(source);
  let held = hold(texts);
  const deriving = createSecretKey(texts.derive);
  const derive = (purpose: string): Uint8Array => new Uint8Array(hkdfSync('sha256', deriving, SALT, purpose, KEY_BYTES));
  const reload = async (): Promise<void> => {
    texts = await readTexts(source);
    held = hold(texts);
  };
  return {
    get key() {
      return held.key;
    },
    get id() {
      return held.id;
    },
    get previous() {
      return held.previous;
    },
    source: kind,
    derive,
    deriveText: (purpose) => Buffer.from(derive(purpose)).toString('base64url'),
    reload,
    exchange: async () => {
      if (kind !== 'file') throw notOurs(kind);
      await reload();
      await replaceKeyFile(source.file, exchangedText(texts, randomBytes(KEY_BYTES)));
      await reload();
    },
  };
}

function kindOf({ value, command }: RootKeySource): RootKey['source'] {
  if (value !== undefined && value !== '') return 'value';
  return command !== undefined && command !== '' ? 'command' : 'file';
}

async function readTexts(source: RootKeySource): Promise<KeyTexts> {
  switch (kindOf(source)) {
    case 'value':
      return parseKeyText(source.value ?? '', 'MILLWRIGHT_ROOT_KEY');
    case 'command':
      return parseKeyText(await readKeyCommand(source.command ?? ''), 'MILLWRIGHT_ROOT_KEY_COMMAND');
    case 'file':
      return parseKeyText((await readKeyFile(source.file)) ?? (await makeKeyFile(source.file)), source.file);
  }
}

interface HeldKeys {
  readonly key: KeyObject;
  readonly id: string;
  readonly previous: readonly KeyObject[];
}

function hold({ current, previous }: KeyTexts): HeldKeys {
  const key = createSecretKey(current);
  const id = Buffer.from(hkdfSync('sha256', key, SALT, 'fingerprint', 12)).toString('base64url');
  return { key, id, previous: previous.map((bytes) => createSecretKey(bytes)) };
}

function notOurs(kind: 'value' | 'command'): UserError {
  const name = kind === 'value' ? 'MILLWRIGHT_ROOT_KEY' : 'MILLWRIGHT_ROOT_KEY_COMMAND';
  return new UserError('conflict', {
    code: 'root_key_not_ours',
    message: `The root key comes from ${name}, so Millwright cannot exchange it there.`,
    hint: `Let ${name} give "<new key>,previous=<old key>,derive=<old key>", restart the servers one by one, then rotate again.`,
  });
}
