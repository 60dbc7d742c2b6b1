import type { AnswerOf, BodyOf, Endpoint, EventsOf, ParamsOf, Permission, QueryOf } from '@millwright/contracts';
import type { idempotency, TenantTx } from '@millwright/db';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../principal.ts';
import type { RateClass } from './rate-limit.ts';

/** Who may call: somebody with this permission, anybody signed in, or anybody at all. */
export type AccessRule = Permission | 'signedIn' | 'anyone';

/** Everything about a route that must be decided; the server refuses to start while one is missing. */
export interface RouteRules {
  readonly permission: AccessRule;
  /** Where the workspace comes from. `path`: from an unguessable id in the address (webhooks, invitation links). */
  readonly tenant: 'session' | 'path' | 'none';
  /** Largest body in bytes; 0 where none is read. */
  readonly bodyLimitBytes: number;
  readonly rateClass: RateClass;
  /** `required` for everything that changes something by cookie. */
  readonly csrf: 'required' | 'none';
  /** What the audit log says of it: `workflow.published`; `none` where nothing changes that an auditor asks for. */
  readonly audit: AuditAction | 'none';
  /** The answer holds a secret: it is not kept for a repeated `Idempotency-Key`. Default false. */
  readonly secretAnswer?: true;
}

/** Name of an entry of the audit log: kind of target, then what happened to it. */
export type AuditAction = `${string}.${string}`;

/** What a handler may say beside its answer. */
export interface Reply {
  readonly header: (name: string, value: string | readonly string[]) => void;
  /** Overrides the contract's status: 304, or 503 of a probe. */
  readonly status: (code: number) => void;
}

/** What every handler gets. */
export interface PublicCall<E> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** From `If-Match`; present exactly where the contract asks for it. */
  readonly revision: number | null;
  /** Request headers by lower-case name. */
  readonly headers: Headers;
  /** Key of the caller's address for rate limits. */
  readonly address: string;
  /** Fires when the caller went away. */
  readonly signal: AbortSignal;
  readonly reply: Reply;
}

/** Writes the entry that the route's audit rule names. */
export type WriteAudit = (
  target: { readonly kind: string; readonly id: string },
  details?: Readonly<Record<string, string | number | boolean | null>>,
) => Promise<void>;

/** What handlers of signed-in callers get: the person, and transactions in her workspace. */
export interface SessionCall<E> extends PublicCall<E> {
  readonly principal: Principal;
  /** The `Idempotency-Key` of a POST; null without one. `write` takes it in its transaction. */
  readonly claim: idempotency.Claim | null;
  /** One transaction that only reads. */
  readonly read: <T>(fn: (tx: TenantTx) => Promise<T>) => Promise<T>;
  /** One transaction with its audit entry. @throws InvariantError `audit_missing` when `fn` wrote none though the route's rule names one */
  readonly write: <T>(fn: (tx: TenantTx, audit: WriteAudit) => Promise<T>) => Promise<T>;
}

/** Sends events of a stream. */
export interface EventSink<E> {
  /** Accepts the stream before there is anything to send; the first event does so too. Until then an error is a problem like any other. */
  readonly open: () => void;
  readonly send: <K extends keyof EventsOf<E> & string>(name: K, data: EventsOf<E>[K]) => void;
}

/** A call whose types are checked where the route is defined. */
interface AnyCall extends Omit<SessionCall<Endpoint>, 'principal'> {
  readonly principal: Principal | null;
}

/** One entry of the registry. */
export interface Route extends RouteRules {
  readonly contract: Endpoint;
  readonly handle: (call: AnyCall, deps: ApiDeps) => Promise<unknown>;
  /** Present for event streams, which use it instead of `handle`. */
  readonly stream?: (
    call: AnyCall,
    deps: ApiDeps,
    sink: { readonly open: () => void; readonly send: (name: string, data: unknown) => void },
  ) => Promise<void>;
}

type SessionRules = RouteRules & { readonly permission: Permission | 'signedIn'; readonly tenant: 'session' };
type PublicRules = RouteRules & { readonly permission: 'anyone'; readonly tenant: 'path' | 'none' };

/**
 * A route for people who are signed in.
 * @param contract what goes in and out
 * @param rules who may, how much, how often
 * @param handle does it
 */
export function defineRoute<E extends Endpoint>(
  contract: E,
  rules: SessionRules,
  handle: (call: SessionCall<E>, deps: ApiDeps) => Promise<AnswerOf<E>>,
): Route {
  return { ...rules, contract, handle: (call, deps) => handle(call as unknown as SessionCall<E>, deps) };
}

/** A route for anybody: sign-in, set-up, invitation links, probes. */
export function definePublicRoute<E extends Endpoint>(
  contract: E,
  rules: PublicRules,
  handle: (call: PublicCall<E>, deps: ApiDeps) => Promise<AnswerOf<E>>,
): Route {
  return { ...rules, contract, handle: (call, deps) => handle(call as unknown as PublicCall<E>, deps) };
}

/** A route that answers with server-sent events; the stream ends when `stream` resolves, or the caller's access does. */
export function defineStream<E extends Endpoint>(
  contract: E,
  rules: SessionRules,
  stream: (call: SessionCall<E>, deps: ApiDeps, sink: EventSink<E>) => Promise<void>,
): Route {
  return {
    ...rules,
    contract,
    handle: () => Promise.resolve(undefined),
    stream: (call, deps, sink) => stream(call as unknown as SessionCall<E>, deps, sink as EventSink<E>),
  };
}

/** Rules of a read by signed-in people; each field may be set otherwise. */
export const READ_RULES = { tenant: 'session', bodyLimitBytes: 0, rateClass: 'read', csrf: 'none', audit: 'none' } as const;

/** Rules of a small JSON write by signed-in people; permission and audit are always the route's own. */
export const WRITE_RULES = { tenant: 'session', bodyLimitBytes: 65_536, rateClass: 'write', csrf: 'required' } as const;

/** Rules of a write by people who are not signed in yet: strict limit. */
export const ENTRY_RULES = { permission: 'anyone', bodyLimitBytes: 16_384, rateClass: 'signIn', csrf: 'required', audit: 'none' } as const;
