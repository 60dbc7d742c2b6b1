import type { JsonValue } from '@millwright/core';
import type { AnswerPath } from './pages.ts';

/** An answer that means one thing: a status, a code of the vendor's (`errors.code`), or both. */
export type ErrorMatch = number | string | { readonly status: number; readonly code?: string; readonly text?: string };

/** What answers mean: each becomes one of five kinds. Where nothing matches, the status decides (RFC 9110). */
export interface ErrorSpec {
  /** What the vendor says is wrong. */
  readonly message: AnswerPath;
  /** The vendor's code for it. */
  readonly code?: AnswerPath;
  /** The field that is to blame. */
  readonly field?: AnswerPath;
  /** An answer with a good status that is a failure all the same: Slack's `ok: false`. */
  readonly failedWhen?: { readonly path: AnswerPath; readonly equals: JsonValue };
  /** The credential is refused: renewed once, then people have to reconnect. Default 401. */
  readonly auth?: readonly ErrorMatch[];
  /** Slow down. Default 429. */
  readonly rate?: readonly ErrorMatch[];
  /** Try later. Default 408, 425, 500 and above. */
  readonly transient?: readonly ErrorMatch[];
  /** A refusal that says that it was done before, as a write meets that is sent again: a success. Default none. */
  readonly done?: readonly ErrorMatch[];
  /** Codes for which trying again never helps, whatever the status. */
  readonly never?: readonly string[];
  /** Answers in which some of several things were done. */
  readonly partial?: {
    /** The list with one result for each. */
    readonly at: AnswerPath;
    /** In one result: present means failed. */
    readonly failed: string;
  };
  /** Codes after which a write needs a new key, as the vendor repeats a stored error (durability.md §2.6). Default none. */
  readonly newKey?: readonly string[];
}
