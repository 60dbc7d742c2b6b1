import { isJsonObject, type JsonValue } from '@millwright/core';
import { personalStandIn } from './personal-data.ts';

/** What stands for a secret in a sample. */
export const REMOVED = 'removed';
/** Entries of a list that a sample keeps. */
const MOST_ENTRIES = 3;
/** Longest text that a sample keeps, in UTF-16 units. */
const LONGEST_TEXT = 200;
/** Names of fields that hold secrets, without case, `_` and `-`. */
const SECRET_NAME =
  /(?:pass(?:word|wd|phrase|code)?$|secret|token$|tokens$|apikey|accesskey|privatekey|signingkey|authorization|cookie|credential|signature$|otp$|^pin$|^cvc$|^cvv$|cardnumber|sessionid|jwt$|bearer|^iban$|^ssn$)/;
/** Texts that are secrets whatever their name: keys of well-known services, tokens, private keys, sign-ins in addresses. */
const SECRET_TEXT = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:bearer|basic)\s+[\w.~+/=-]{8,}/gi,
  /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(?:sk|pk|rk|whsec|ghp|gho|ghs|ghu|github_pat|glpat|xox[abeprs]|shpat|npm|pat|key)[-_][\w-]{12,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /(?<=\/\/)[^\s/:@]+:[^\s/@]+(?=@)/g,
  /(?<=[?&#](?:\w*(?:token|key|secret|signature|password|sig|code)\w*)=)[^&#\s]+/gi,
];
/** A text without spaces that is long and mixed enough to be a key. */
const LOOKS_RANDOM = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/=.-]{32,}$/;

/** A sample as it is kept. */
export interface ScrubbedSample {
  readonly sample: JsonValue;
  /** Values that were replaced. */
  readonly replaced: number;
}

function bareName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}

class Scrubber {
  readonly #mask: (text: string) => string;
  replaced = 0;

  constructor(mask: (text: string) => string) {
    this.#mask = mask;
  }

  value(value: JsonValue, name: string): JsonValue {
    if (SECRET_NAME.test(bareName(name))) return this.#removed(value);
    if (typeof value === 'string') return this.#text(value, name);
    if (typeof value === 'number') return this.#stand(value, personalStandIn(name, value));
    if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((entry: JsonValue) => this.value(entry, name));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.#known(key), this.value(inner, key)]));
  }

  /** Of the same kind, so that it still fits its schema. */
  #removed(value: JsonValue): JsonValue {
    if (value === null || typeof value === 'boolean') return value;
    if (Array.isArray(value)) return value.slice(0, 1).map((entry: JsonValue) => this.#removed(entry));
    if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#removed(inner)]));
    this.replaced += 1;
    return typeof value === 'number' ? 0 : REMOVED;
  }

  /** Secrets that are known here, wherever they stand. */
  #known(text: string): string {
    const masked = this.#mask(text);
    if (masked !== text) this.replaced += 1;
    return masked;
  }

  #text(text: string, name: string): string {
    const known = this.#known(text);
    const stripped = SECRET_TEXT.reduce((left, pattern) => left.replace(pattern, REMOVED), known);
    const bare = LOOKS_RANDOM.test(stripped) ? REMOVED : stripped;
    const safe = this.#stand(bare, personalStandIn(name, bare));
    if (bare !== known) this.replaced += 1;
    return safe.length > LONGEST_TEXT ? `${safe.slice(0, LONGEST_TEXT)}…` : safe;
  }

  #stand<T extends string | number>(value: T, standIn: T | null): T {
    if (standIn === null || standIn === value) return value;
    this.replaced += 1;
    return standIn;
  }
}

/**
 * What of real data may stand in a package that others read: no secret, by its name, by its look, or because it is one that is known here;
 * nobody's person; lists and texts cut short. Every value keeps its type.
 * @param mask takes the secrets that are known here out of a text
 */
export function scrubSample(value: JsonValue, mask: (text: string) => string): ScrubbedSample {
  const scrubber = new Scrubber(mask);
  return { sample: scrubber.value(value, ''), replaced: scrubber.replaced };
}
