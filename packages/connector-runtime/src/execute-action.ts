import { ConnectorError, UserError, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import type {
  ActionRun,
  Connector,
  ConnectorAction,
  ConnectorCall,
  ErrorSpec,
  LimitScope,
  LimitSpec,
  PageSpec,
  RequestSlots,
  RequestTemplate,
  ServiceAnswer,
  SlotContext,
} from '@millwright/node-sdk';
import { methodAndPath } from '@millwright/node-sdk';
import { Exchanger, type Exchanged, type RuntimePorts } from './exchange.ts';
import type { CredentialRef } from './lender.ts';
import type { KeyedLimit } from './limits/limiter.ts';
import type { Mask } from './mask.ts';
import type { PageRequest } from './pages/pager.ts';
import { readPages } from './pages/read-pages.ts';
import { buildRequest, type UnsignedRequest } from './request/build-request.ts';
import { fill, type Scope } from './request/fill.ts';
import { readPath } from './request/paths.ts';

/** What one call of a node brings along. */
export interface CallPorts {
  /** Null: none was chosen. */
  readonly credential: CredentialRef | null;
  /** From 1. What can be looked up is, from the second on. */
  readonly attempt: number;
  /** Stores that a write leaves; see `NodeCall.beforeSend`. Called before each request of a write that may change something. */
  readonly beforeSend: (requestHash: string) => Promise<void>;
}

/** A request as it is, no page of a list. */
const FIRST: PageRequest = { placed: {}, url: null };
const NO_GATE = (): Promise<void> => Promise.resolve();
const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** Who shares a limit, as a name. */
function shareOf(scope: LimitScope, { credentialId = 'none' }: Partial<CredentialRef>, values: Scope): string {
  if (scope.by === 'app') return 'app';
  return scope.by === 'credential' ? credentialId : JSON.stringify(fill(scope.key, values) ?? null);
}

/** What limits are looked up by. */
export interface KeyedFor {
  readonly connector: Pick<Connector, 'key' | 'limits'>;
  readonly action: Pick<ConnectorAction, 'limit'> & Partial<Pick<ConnectorAction, 'effect'>>;
}

type Kept = Readonly<Record<string, JsonValue>>;

/** What templates read beside the input. */
interface Read {
  readonly auth: Readonly<Record<string, string>>;
  readonly kept: Kept;
}

/** Reads and writes may have limits of their own. */
function limitBy(effect: ConnectorAction['effect'] | undefined): string | null {
  if (effect === undefined) return null;
  return effect === 'read' ? 'reads' : 'writes';
}

/** Limits that hold for an action, with the names of those who share them. */
export function keyedLimits(call: KeyedFor, credential: CredentialRef | null, values: Scope): readonly KeyedLimit[] {
  const { connector, action } = call;
  const own = action.limit ?? limitBy(action.effect);
  return [...new Set(['default', ...(own === null ? [] : [own])])].flatMap((name) => {
    const found: LimitSpec | readonly LimitSpec[] = connector.limits[name] ?? [];
    const list: readonly LimitSpec[] = Array.isArray(found) ? found : [found as LimitSpec];
    return list.map((spec, index) => ({ key: `${connector.key}/${name}/${index}/${shareOf(spec.per, credential ?? {}, values)}`, spec }));
  });
}

/** One action, once: looked up where that is due, then sent, page by page. */
export class ActionCall {
  readonly #ports: RuntimePorts;
  readonly #call: ConnectorCall;
  readonly #own: CallPorts;
  readonly #errors: ErrorSpec;
  readonly #limits: readonly KeyedLimit[];
  /** Of the credential as it was lent; more than one where it was renewed meanwhile. */
  readonly #masks = new Map<number, Mask>();

  constructor(ports: RuntimePorts, call: ConnectorCall, own: CallPorts) {
    this.#ports = ports;
    this.#call = call;
    this.#own = own;
    this.#errors = { ...call.connector.errors, ...call.action.errors };
    this.#limits = keyedLimits(call, own.credential, call.input);
  }

  /** What it gives repeats no secret of the credential; what comes after reads, stores and logs it. */
  async run(): Promise<readonly JsonValue[]> {
    try {
      const given = await this.#run();
      return [...this.#masks.values()].reduce<readonly JsonValue[]>((data, mask) => mask.data(data), given);
    } catch (thrown) {
      throw [...this.#masks.values()].reduce((failure, mask) => mask.failure(failure), thrown);
    }
  }

  async #run(): Promise<readonly JsonValue[]> {
    const { action, connector } = this.#call;
    this.#refuseUnsigned();
    const found = await this.#lookUp();
    if (found !== null) return [this.#output(found.value, found.answer)];
    const { pages, run } = action;
    if (run !== undefined) return [await this.#runAll(run)];
    if (pages === undefined) {
      const { answer } = await this.#send(action.request, FIRST);
      return [this.#output(readPath(answer, action.output.at ?? 'body'), answer)];
    }
    const spec = typeof pages === 'string' ? connector.pages[pages] : pages;
    return spec === undefined ? [] : this.#list(spec);
  }

  /** @throws UserError `credential_missing` */
  #refuseUnsigned(): void {
    const { action, connector, actionKey } = this.#call;
    const names = action.auth ?? Object.keys(connector.auth);
    if (this.#own.credential !== null || names.some((name) => connector.auth[name]?.kind === 'none')) return;
    throw new UserError('invalid', {
      code: 'credential_missing',
      message: `${connector.key}.${actionKey} needs a connection with ${connector.title}`,
      hint: 'Choose one in the step.',
      details: { field: 'credentials.auth', sent: false },
    });
  }

  /** Several requests, as the connector says. */
  #runAll(run: NonNullable<ConnectorAction['run']>): Promise<JsonValue> {
    // The slot was typed by the action's own input where it was written.
    const typed = run as unknown as (call: ActionRun<unknown>) => Promise<JsonValue>;
    const request = this.#call.action.request as unknown as RequestSlots<unknown>;
    const send: ActionRun<unknown>['send'] = async (one, kept = {}) => (await this.#send(one as RequestSlots<never>, FIRST, kept)).answer;
    return typed({ ...this.#slot({}), request, send });
  }

  async #list(spec: PageSpec): Promise<readonly JsonValue[]> {
    const { maxItems, action, input, signal } = this.#call;
    const out: JsonValue[] = [];
    for await (const { answer, items } of readPages({ spec, input, maxItems, signal }, async (page) => this.#send(action.request, page))) {
      for (const item of items) out.push(this.#output(action.output.at === undefined ? item : readPath(item, action.output.at), answer));
    }
    return out;
  }

  #output(value: JsonValue | undefined, answer: ServiceAnswer): JsonValue {
    const { map } = this.#call.action.output;
    if (map === undefined) return value ?? null;
    // The slot was typed by the action's own input where it was written.
    const reshape = map as unknown as (value: JsonValue, slot: SlotContext<unknown> & { readonly answer: ServiceAnswer }) => JsonValue;
    return reshape(value ?? null, { ...this.#slot({}), answer });
  }

  /** What an earlier try may have done. A service that does not know it answers 404, or with nothing. */
  async #lookUp(): Promise<{ readonly value: JsonValue; readonly answer: ServiceAnswer } | null> {
    const { effect } = this.#call.action;
    if (effect === 'read' || effect.by !== 'lookup' || this.#own.attempt < 2) return null;
    try {
      const { answer } = await this.#send(effect.request, FIRST);
      const value = readPath(answer, effect.found);
      return value === undefined || value === null ? null : { value, answer };
    } catch (thrown) {
      if (thrown instanceof ConnectorError && thrown.details?.['status'] === 404) return null;
      throw thrown;
    }
  }

  async #send(request: RequestTemplate | RequestSlots<never>, page: PageRequest, kept: Kept = {}): Promise<Exchanged> {
    const { connector, action, signal } = this.#call;
    const { method, path } = methodAndPath(request);
    const { effect } = action;
    const isWrite = effect !== 'read' && !SAFE_METHODS.has(method);
    const exchanged = await new Exchanger(this.#ports, {
      connector,
      errors: this.#errors,
      limits: this.#limits,
      credential: this.#own.credential,
      target: `${method} ${path}`,
      build: (auth) => this.#build(request, page, { auth, kept }),
      isRepeatable: !isWrite || effect.by === 'header' || effect.by === 'natural',
      beforeSend: isWrite ? this.#own.beforeSend : NO_GATE,
      signal,
    }).run();
    this.#masks.set(exchanged.generation, exchanged.mask);
    return exchanged;
  }

  #slot(auth: Readonly<Record<string, string>>): SlotContext<unknown> {
    const { input, nowMs } = this.#call;
    return { input, auth, idempotencyKey: this.#key(), nowMs };
  }

  #build(request: RequestTemplate | RequestSlots<never>, page: PageRequest, { auth, kept }: Read): UnsignedRequest {
    const { connector, action, input } = this.#call;
    const idempotencyKey = this.#key();
    const scope = { ...input, auth, kept, idempotencyKey };
    const { effect } = action;
    const isKeyed = effect !== 'read' && effect.by === 'header' && effect.header !== null && idempotencyKey !== null;
    const headers = isKeyed ? { [effect.header]: '{{idempotencyKey}}', ...connector.headers } : connector.headers;
    const built = buildRequest({
      request,
      baseUrl: connector.baseUrl,
      headers,
      scope,
      slot: { ...this.#slot(auth), kept },
      placed: page.placed,
    });
    return page.url === null ? built : { ...built, url: page.url };
  }

  /** The write's key in the form that the service takes. */
  #key(): string | null {
    const { idempotencyKey, action } = this.#call;
    const { effect } = action;
    if (idempotencyKey === null || effect === 'read' || effect.by !== 'header' || effect.format === 'text36') return idempotencyKey;
    return asUuid(idempotencyKey);
  }
}

/** The same for the same key, with the marks of a version 8 UUID (RFC 9562). */
function asUuid(key: string): string {
  const hex = hashHex(key);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
