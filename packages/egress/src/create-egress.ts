import type { Dispatcher } from 'undici';
import { parseAllowList } from './allow-list.ts';
import { checkCertificate, type ClientCertificate } from './client-certificate.ts';
import { canonicalHost, connectSocket, type SocketTarget } from './sockets/connect-socket.ts';
import { createDispatchers, systemResolve, type Dispatchers, type PoolSetting, type Resolve } from './dispatchers.ts';
import { asSent, overLimit, refused, timedOut, toCertifiedError, toEgressError } from './errors.ts';
import type { GuardedSocket } from './sockets/guarded-socket.ts';
import { DEFAULT_LIMITS, type EgressLimits } from './limits.ts';
import { ACCEPT_ENCODING, readBody } from './read-body.ts';
import { isRedirect, nextHop, type Hop } from './redirect.ts';
import { checkHeaders, checkMethod, checkTarget, parseTarget } from './request-check.ts';
import { checkPolicy, presentPolicy, type HostPolicy, type PolicyOf } from './workspace-policy.ts';

/** A request on its way out. */
export interface EgressRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | null;
  /** Stops waiting; what was sent stays sent. */
  readonly signal?: AbortSignal;
  /** Ms for the whole answer, redirects included, up to a day. Default: the egress' own. */
  readonly timeoutMs?: number;
  /** Bytes of the answer. Default and most: the egress' own. */
  readonly maxBytes?: number;
  /** Redirects followed; 0 where the body holds secrets. Default and most: the egress' own. */
  readonly maxRedirects?: number;
  /** True: a redirect is answered with, without its body, instead of followed. Default false. */
  readonly handOnRedirects?: boolean;
  /** Shown to the origin of the address and to no other, whatever redirects say. Default none. */
  readonly clientCertificate?: ClientCertificate;
}

/** An answer; any status. */
export interface EgressResponse {
  readonly status: number;
  /** Lower-case names; repeated headers are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: Uint8Array;
  /** Where it came from, after redirects. */
  readonly url: string;
}

/** The one way out to the network. */
export interface Egress {
  /**
   * Sends a request.
   * @throws UserError when the target is refused: nothing was sent
   * @throws ConnectorError when no whole answer came; `details.sent` is false only when nothing left
   */
  readonly request: (request: EgressRequest) => Promise<EgressResponse>;
  /** Opens a socket for a protocol that is not HTTP. @throws as `connectSocket`; nothing was sent */
  readonly connect: (target: SocketTarget) => Promise<GuardedSocket>;
  readonly close: () => Promise<void>;
}

/** How an egress is made. */
export interface EgressOptions {
  /** `host:port`, CIDR, or URL prefix; see `parseAllowList`. Default none: public addresses only. */
  readonly allow?: readonly string[];
  readonly limits?: Partial<EgressLimits>;
  /** Judges requests of a workspace's work (`withinWorkspace`). Default: no workspace has rules. */
  readonly policyOf?: PolicyOf;
  /** Looks names up. Default: the system's resolver. */
  readonly resolve?: Resolve;
  /** Ms since 1970, for certificates. Default: the machine's clock. */
  readonly nowMs?: () => number;
}

interface Setting extends PoolSetting {
  readonly dispatchers: Dispatchers;
  readonly policyOf: PolicyOf | undefined;
  readonly nowMs: () => number;
}

/** Deadline and caller's wish to stop, as one signal. */
interface Bounds {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** A redirect is an answer. */
  readonly handsOn: boolean;
  readonly policy: HostPolicy | null;
  /** Pools of this request alone, which show its certificate. */
  readonly own: Dispatchers | null;
}

function flatHeaders(raw: Dispatcher.ResponseData['headers'], host: string, maxHeaders: number): Record<string, string> {
  const flat: Record<string, string> = {};
  let lines = 0;
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    lines += Array.isArray(value) ? value.length : 1;
    flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  if (lines > maxHeaders)
    throw overLimit('egress_headers_too_many', `${host} sent more than ${maxHeaders} headers`, 'The service cannot be called from here.');
  return flat;
}

async function sendHop(setting: Setting, hop: Hop, bounds: Bounds): Promise<EgressResponse> {
  checkPolicy(hop.url.hostname, bounds.policy);
  const listed = checkTarget(hop.url, setting.allow);
  const pools = bounds.own ?? setting.dispatchers;
  const dispatcher = listed ? pools.listed : pools.guarded;
  const { statusCode, headers, body } = await dispatcher.request({
    origin: hop.url.origin,
    path: `${hop.url.pathname}${hop.url.search}`,
    method: hop.method,
    headers: { ...hop.headers },
    body: hop.body,
    signal: bounds.signal,
  });
  try {
    const flat = flatHeaders(headers, hop.url.hostname, setting.limits.maxHeaders);
    const hasBody = hop.method !== 'HEAD' && statusCode !== 204 && statusCode !== 304 && !goesOn(statusCode, flat);
    const bytes = hasBody ? await readBody(body, flat['content-encoding'] ?? '', bounds.maxBytes) : new Uint8Array();
    return { status: statusCode, headers: flat, body: bytes, url: hop.url.href };
  } finally {
    body.on('error', () => undefined).destroy();
  }
}

/** Whether an answer is a redirect that can be followed. */
function goesOn(status: number, headers: Readonly<Record<string, string>>): boolean {
  return isRedirect(status) && headers['location'] !== undefined;
}

async function followHops(setting: Setting, first: Hop, bounds: Bounds): Promise<EgressResponse> {
  let hop = first;
  let own = bounds.own;
  let isAnswered = false;
  for (let hops = 0; hops <= bounds.maxRedirects; hops++) {
    try {
      const response = await sendHop(setting, hop, { ...bounds, own });
      isAnswered = true;
      if (bounds.handsOn || !goesOn(response.status, response.headers)) return response;
      hop = nextHop(hop, response.status, response.headers['location'] ?? '');
      // Whoever was redirected to chose the address: nothing behind it is asked in this client's name.
      if (hop.url.origin !== first.url.origin) own = null;
    } catch (failure) {
      const known = own === null ? toEgressError(failure, hop.url.hostname) : toCertifiedError(failure, hop.url.hostname);
      // Whatever is wrong with a redirect or behind it: the request before it has left.
      throw isAnswered ? asSent(known) : known;
    }
  }
  throw overLimit(
    'egress_redirects',
    `${first.url.hostname} redirects more than ${bounds.maxRedirects} times`,
    'Call the final address directly.',
  );
}

function firstHop(request: EgressRequest, limits: EgressLimits): Hop {
  const body = request.body ?? null;
  const size = body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  if (size > limits.maxRequestBytes)
    throw refused(
      'egress_request_too_large',
      `the body has ${size} bytes, more than ${limits.maxRequestBytes}`,
      'Send it in smaller parts.',
    );
  const headers = { 'accept-encoding': ACCEPT_ENCODING, 'user-agent': 'Millwright', accept: '*/*', ...checkHeaders(request.headers ?? {}) };
  return { method: checkMethod(request.method), url: parseTarget(request.url), headers, body };
}

/** Pools of their own for a request that shows a certificate: a socket that was opened with it never serves another request. */
function ownPools(setting: Setting, { url }: Hop, { clientCertificate }: EgressRequest): Dispatchers | null {
  if (clientCertificate === undefined) return null;
  if (url.protocol !== 'https:')
    throw refused(
      'client_certificate_plain',
      `${url.hostname} is called without TLS, where no client certificate can be shown`,
      'Write the address with https://.',
    );
  checkCertificate(clientCertificate, setting.nowMs());
  return createDispatchers({ ...setting, certificate: clientCertificate });
}

async function send(setting: Setting, request: EgressRequest): Promise<EgressResponse> {
  const hop = firstHop(request, setting.limits);
  const policy = await presentPolicy(setting.policyOf);
  const timeoutMs = request.timeoutMs ?? setting.limits.timeoutMs;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  const { maxRedirects, maxResponseBytes } = setting.limits;
  const maxBytes = Math.min(request.maxBytes ?? maxResponseBytes, maxResponseBytes);
  const own = ownPools(setting, hop, request);
  try {
    return await followHops(setting, hop, {
      signal,
      maxBytes,
      maxRedirects: Math.min(request.maxRedirects ?? maxRedirects, maxRedirects),
      handsOn: request.handOnRedirects === true,
      policy,
      own,
    });
  } catch (failure) {
    if (deadline.aborted && request.signal?.aborted !== true) throw timedOut(hop.url.hostname, timeoutMs);
    throw toEgressError(failure, hop.url.hostname);
  } finally {
    await own?.close();
  }
}

/**
 * Makes the one way out of this process.
 * @throws UserError `egress_allow_invalid` when an entry of the allow list cannot be read
 */
export function createEgress(options: EgressOptions = {}): Egress {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const allow = parseAllowList(options.allow ?? []);
  const resolve = options.resolve ?? systemResolve;
  const { policyOf, nowMs = Date.now } = options;
  const pools = { allow, limits, resolve };
  const setting = { ...pools, dispatchers: createDispatchers(pools), policyOf, nowMs };
  return {
    request: (request) => send(setting, request),
    connect: async (target) => {
      checkPolicy(canonicalHost(target.host), await presentPolicy(policyOf));
      return connectSocket(pools, target);
    },
    close: setting.dispatchers.close,
  };
}
