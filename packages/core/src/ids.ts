/**
 * Every id in the product: a prefix that says what it names, then 26 characters of
 * Crockford base32 (48 bits of time, 80 of chance), so that ids sort by creation.
 * Lists still sort by `created_at`; the order of ids is only good for indexes.
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Prefix per kind of thing, the one list. */
export const ID_PREFIXES = {
  workspace: 'ws',
  project: 'proj',
  user: 'usr',
  member: 'mem',
  invitation: 'inv',
  workflow: 'wf',
  version: 'wfv',
  restorePoint: 'wfp',
  endpoint: 'hook',
  run: 'run',
  credential: 'cred',
  blob: 'blob',
  owner: 'own',
  key: 'key',
  audit: 'aud',
  proof: 'prf',
  mail: 'mail',
} as const;

/** The kinds of id. */
export type IdKind = keyof typeof ID_PREFIXES;

/** A branded id: a string that the compiler will not mix up with another kind's. */
export type Id<K extends IdKind> = string & { readonly __id?: K };

export type WorkspaceId = Id<'workspace'>;
export type ProjectId = Id<'project'>;
export type UserId = Id<'user'>;
export type WorkflowId = Id<'workflow'>;
export type VersionId = Id<'version'>;
export type RestorePointId = Id<'restorePoint'>;
export type EndpointId = Id<'endpoint'>;
export type RunId = Id<'run'>;
export type CredentialId = Id<'credential'>;
export type BlobId = Id<'blob'>;
export type OwnerId = Id<'owner'>;
export type ProofId = Id<'proof'>;

/**
 * Writes an integer in base32.
 * @param value a whole number ≥ 0
 * @param length characters, padded with zeros on the left
 */
function base32(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = (ALPHABET[Number(rest & 31n)] ?? '0') + text;
    rest >>= 5n;
  }
  return text;
}

/**
 * Builds an id from its parts. Callers with a clock use `newId`.
 * @param kind what the id names
 * @param timeMs milliseconds since 1970
 * @param chance 10 bytes: random, or a hash where the id must derive from something
 */
export function makeId<K extends IdKind>(kind: K, timeMs: number, chance: Uint8Array): Id<K> {
  let bits = 0n;
  for (const byte of chance.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  return `${ID_PREFIXES[kind]}_${base32(BigInt(Math.max(0, Math.floor(timeMs))), 10)}${base32(bits, 16)}`;
}

/** Mints a new random, time-sortable id of this kind. */
export function newId<K extends IdKind>(kind: K, timeMs: number = Date.now()): Id<K> {
  return makeId(kind, timeMs, globalThis.crypto.getRandomValues(new Uint8Array(10)));
}

/** 128 random bits as 26 characters: webhook endpoint ids and tokens that must not be guessed. */
export function randomToken(): string {
  let bits = 0n;
  for (const byte of globalThis.crypto.getRandomValues(new Uint8Array(16))) bits = (bits << 8n) | BigInt(byte);
  return base32(bits, 26);
}

/** Whether a text has the shape of an id of this kind (says nothing about existence). */
export function isId<K extends IdKind>(kind: K, text: unknown): text is Id<K> {
  return typeof text === 'string' && text.startsWith(`${ID_PREFIXES[kind]}_`) && /^[a-z]+_[0-9a-z]{20,64}$/.test(text);
}
