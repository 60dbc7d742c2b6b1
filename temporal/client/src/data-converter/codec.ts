import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { InvariantError } from '@millwright/core';
import { KEY_METADATA, WORKSPACE_METADATA } from '@millwright/temporal-protocol';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { OwnPayloads } from './own-payloads.ts';

/** Where keys come from; `credentials` offers it. */
export interface PayloadKeys {
  /** Id of the key that this workspace encrypts with now. At most 128 characters of ASCII. */
  readonly keyIdFor: (workspaceId: string) => Promise<string>;
  /** A key's 32 bytes; the same for ever under one id. */
  readonly keyFor: (keyId: string) => Promise<Uint8Array>;
}

const ENCODING = 'binary/millwright-1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Smaller ones do not gain. */
const COMPRESS_ABOVE_BYTES = 1024;
/** What one payload may grow to; Temporal refuses more than 2 MiB itself. */
const MAX_PLAIN_BYTES = 16 * 1024 * 1024;
/** Keys held ready. */
const MAX_CACHED_KEYS = 10_000;
/** The SDK's encodings, by their number inside the ciphertext; only ever appended to. */
const ENCODINGS = ['json/plain', 'binary/plain', 'binary/null'];
const COMPRESSED = 0x80;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function metadataOf(payload: Payload, name: string): string | undefined {
  const value = payload.metadata?.[name];
  return value === undefined || value === null ? undefined : decoder.decode(value);
}

function refuse(code: string, message: string): InvariantError {
  return new InvariantError({ code, message });
}

/** Plaintext: [flags and encoding][length of workspace][workspace][data, deflated when flagged]. */
function pack(payload: Payload, workspaceId: string): Buffer {
  const encoding = ENCODINGS.indexOf(metadataOf(payload, 'encoding') ?? '');
  if (encoding < 0) throw refuse('payload_encoding', 'a payload has an encoding that is not ours');
  const data = payload.data ?? new Uint8Array();
  const isLarge = data.byteLength > COMPRESS_ABOVE_BYTES;
  const name = encoder.encode(workspaceId);
  return Buffer.concat([
    Uint8Array.of(encoding | (isLarge ? COMPRESSED : 0), name.byteLength),
    name,
    isLarge ? deflateRawSync(data, { level: 1 }) : data,
  ]);
}

function unpack(plain: Buffer): Payload {
  const flags = plain[0] ?? 0;
  const dataAt = 2 + (plain[1] ?? 0);
  const data = plain.subarray(dataAt);
  const encoding = ENCODINGS[flags & ~COMPRESSED];
  if (encoding === undefined) throw refuse('payload_encoding', 'a payload has an encoding that this version does not know');
  return {
    metadata: { encoding: encoder.encode(encoding), [WORKSPACE_METADATA]: Uint8Array.from(plain.subarray(2, dataAt)) },
    data: Uint8Array.from((flags & COMPRESSED) === 0 ? data : inflateRawSync(data, { maxOutputLength: MAX_PLAIN_BYTES })),
  };
}

/**
 * Compresses payloads over 1 KiB, then encrypts them with AES-256-GCM under the key of their workspace.
 * The key's id is authenticated with the ciphertext. Nothing leaves without a workspace, nothing is read without a key id.
 */
export class WorkspaceCodec implements PayloadCodec {
  readonly #keys: PayloadKeys;
  readonly #ready = new Map<string, Promise<KeyObject>>();
  readonly #own = new OwnPayloads();

  constructor(keys: PayloadKeys) {
    this.#keys = keys;
  }

  /** @throws InvariantError `payload_without_workspace` */
  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.#encrypt(payload)));
  }

  /** @throws InvariantError `payload_without_key`, or what Node throws when the tag does not match */
  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.#decrypt(payload)));
  }

  #key(keyId: string): Promise<KeyObject> {
    const known = this.#ready.get(keyId);
    if (known !== undefined) return known;
    if (this.#ready.size >= MAX_CACHED_KEYS) this.#ready.clear();
    const loaded = this.#keys.keyFor(keyId).then((bytes) => createSecretKey(bytes));
    this.#ready.set(keyId, loaded);
    loaded.catch(() => this.#ready.delete(keyId));
    return loaded;
  }

  async #encrypt(payload: Payload): Promise<Payload> {
    const workspaceId = metadataOf(payload, WORKSPACE_METADATA);
    if (workspaceId === undefined) throw refuse('payload_without_workspace', 'a payload names no workspace, so there is no key for it');
    const keyId = await this.#keys.keyIdFor(workspaceId);
    const key = await this.#key(keyId);
    const plain = pack(payload, workspaceId);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(`${ENCODING}\n${keyId}`));
    const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    this.#own.keep(keyId, data, {
      metadata: { encoding: encoder.encode(metadataOf(payload, 'encoding')), [WORKSPACE_METADATA]: encoder.encode(workspaceId) },
      data: payload.data ?? new Uint8Array(),
    });
    return { metadata: { encoding: encoder.encode(ENCODING), [KEY_METADATA]: encoder.encode(keyId) }, data };
  }

  async #decrypt(payload: Payload): Promise<Payload> {
    const keyId = metadataOf(payload, KEY_METADATA);
    if (keyId === undefined || metadataOf(payload, 'encoding') !== ENCODING)
      throw refuse('payload_without_key', 'a payload names no key; it was not written by this product');
    const data = Buffer.from(payload.data ?? new Uint8Array());
    const own = this.#own.take(keyId, data);
    if (own !== undefined) return own;
    const decipher = createDecipheriv('aes-256-gcm', await this.#key(keyId), data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(`${ENCODING}\n${keyId}`))
      .setAuthTag(data.subarray(-TAG_BYTES));
    return unpack(Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]));
  }
}
