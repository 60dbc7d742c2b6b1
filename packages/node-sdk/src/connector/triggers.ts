import type { JsonValue } from '@millwright/core';
import type { z } from 'zod';
import type { AnswerPath, Duration } from './pages.ts';
import type { RequestTemplate } from './request.ts';

/** How a delivery proves where it comes from. */
export type VerifySpec =
  | {
      readonly kind: 'hmac';
      readonly algorithm: 'sha1' | 'sha256' | 'sha512';
      /** What is signed, over `method`, `url`, `raw`, `h.<header>`, `timestamp`. Default `{{raw}}`. */
      readonly over: string;
      readonly header: string;
      /** How the signature is found in the header: `sha256={{signature}}`, `v0={{signature}}`; a list `t={{timestamp}},v1={{signature}}`. Default the whole. */
      readonly format: string;
      readonly as: 'hex' | 'base64';
      /** Where the secret is: what subscribing kept, or a field of the credential or the instance's client. */
      readonly secret: `kept.${string}` | `credential.${string}` | `client.${string}`;
      /** Header with the time, in seconds unless it is a date. Absent: from `format`, or none. */
      readonly timestampHeader?: string;
      /** Older or newer deliveries are refused. Absent: no time is signed. */
      readonly maxAge?: Duration;
    }
  /** A secret of ours comes back as it is. */
  | { readonly kind: 'token'; readonly from: `header.${string}` | `body.${string}` | `query.${string}`; readonly secret: `kept.${string}` }
  /** The address itself is the secret, and the delivery is only a hint: what it names is fetched. */
  | { readonly kind: 'fetch'; readonly request: RequestTemplate };

/** How a service asks whether the address is ours. */
export type ChallengeSpec =
  /** The value is sent back as it is, or as an object with one field. */
  | {
      readonly kind: 'echo';
      readonly from: `query.${string}` | `body.${string}` | `header.${string}`;
      readonly as: 'text' | `json.${string}` | `header.${string}`;
    }
  /** The answer is a signature of the value. */
  | {
      readonly kind: 'sign';
      readonly from: `query.${string}` | `body.${string}`;
      readonly algorithm: 'sha256';
      readonly as: `json.${string}`;
      readonly secret: `client.${string}`;
    };

/** A webhook as data. */
export interface WebhookTrigger {
  /**
   * One address per credential and trigger, or one for all accounts of the install's client app, which an admin enters at the vendor once
   * (`events` of the connector says where). Default `credential`.
   */
  readonly scope?: 'credential' | 'app';
  /** Tells the service our address (`{{callback.url}}`, `{{callback.secret}}`). Absent: people enter it there. */
  readonly subscribe?: RequestTemplate & { readonly keep: Readonly<Record<string, AnswerPath>> };
  readonly unsubscribe?: RequestTemplate;
  /** Before it ends. `every` leaves a margin. */
  readonly renew?: RequestTemplate & { readonly every: Duration; readonly keep?: Readonly<Record<string, AnswerPath>> };
  readonly verify: VerifySpec;
  readonly challenge?: ChallengeSpec;
  /** A delivery holds several events: the list. Default the body is one. */
  readonly split?: AnswerPath;
  /** `scope: 'app'`: what names the account, in the delivery (`body.team_id`) or in each event that it holds (`portalId`). */
  readonly route?: AnswerPath;
  /** `scope: 'app'`: asks whose account a credential is, in the words of `route`. Without it the server hosts no such webhook. */
  readonly account?: RequestTemplate & { readonly from: AnswerPath };
  /**
   * `scope: 'app'`: the field of a credential with the signing secret of an app of its own. Where it is filled in, the trigger has an address of
   * its own, which people enter in that app; a token that was pasted has no other way.
   */
  readonly ownSecret?: `credential.${string}`;
  /** Only events of which all of this holds; values are templates over the input. */
  readonly only?: Readonly<Record<AnswerPath, JsonValue>>;
  /** What names an event: seen twice, it starts one run. Path in the event (`id`), or of the delivery (`header.x-id`). */
  readonly dedupe: string;
}

/** A poll as data. */
export interface PollTrigger {
  /** Key of a list action of the same connector. */
  readonly use: string;
  /** Its input: templates over the trigger's input and `cursor`. */
  readonly input?: Readonly<Record<string, JsonValue>>;
  readonly every: Duration;
  /** The field by which the list goes forward; what is newer than its greatest value is new. */
  readonly cursor: { readonly field: string; readonly overlap?: Duration };
  /** Fields joined by `+` that name an event: `id+updatedAt`. */
  readonly dedupe: string;
  /** Items that the first poll reads, to know where the list is; all of them where the oldest come first. Default 1,000. */
  readonly firstItems?: number;
}

/** A trigger as a connector's author writes it. */
export interface ConnectorTriggerSpec<I extends z.ZodObject = z.ZodObject, O extends z.ZodType<JsonValue> = z.ZodType<JsonValue>> {
  /** From 1. Default 1. */
  readonly version?: number;
  readonly title: string;
  readonly description: string;
  readonly aliases?: readonly string[];
  readonly input: I;
  /** What an event looks like. */
  readonly output: { readonly schema: O; readonly sample: z.input<O> };
  readonly webhook?: WebhookTrigger;
  readonly poll?: PollTrigger;
  /** Parameters with which the service's description accepts what the trigger sends; the conformance suite uses them. */
  readonly example: z.input<I>;
}

/** A delivery signed with a shared secret. */
export function hmac(
  algorithm: 'sha1' | 'sha256' | 'sha512',
  spec: Pick<Extract<VerifySpec, { kind: 'hmac' }>, 'header' | 'secret'> & Partial<Extract<VerifySpec, { kind: 'hmac' }>>,
): VerifySpec {
  return { over: '{{raw}}', format: '{{signature}}', as: 'hex', ...spec, kind: 'hmac', algorithm };
}
