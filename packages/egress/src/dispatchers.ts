import { lookup } from 'node:dns/promises';
import { callbackify } from 'node:util';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { AllowList } from './allow-list.ts';
import type { ClientCertificate } from './client-certificate.ts';
import { MAX_HEADER_BYTES, type EgressLimits } from './limits.ts';
import { checkAddress } from './request-check.ts';

/** One address of a name. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks a name up. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** The system's resolver, all records. */
export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/** Sockets to one origin at most: as many as a process has segments open, or slow calls of one run would hold those of another. */
const SOCKETS_PER_ORIGIN = 2_000;

type LookupCallback = (error: NodeJS.ErrnoException | null, addresses: ResolvedAddress[]) => void;

/** A lookup that hands out only addresses that passed; the socket connects to these and never asks again. */
function guardedLookup(resolve: Resolve, check: (host: string, address: string) => void) {
  const judged = async (hostname: string): Promise<ResolvedAddress[]> => {
    const addresses = await resolve(hostname);
    for (const { address } of addresses) check(hostname, address);
    return [...addresses];
  };
  return (hostname: string, _options: unknown, callback: LookupCallback): void => callbackify(judged)(hostname, callback);
}

/** What pools are made from. */
export interface PoolSetting {
  readonly allow: AllowList;
  readonly limits: EgressLimits;
  readonly resolve: Resolve;
  /** Shown to every service of the pools. Default none. */
  readonly certificate?: ClientCertificate;
}

function tlsOf(certificate: ClientCertificate | undefined) {
  if (certificate === undefined) return {};
  const { certificate: cert, privateKey: key, passphrase, ca } = certificate;
  return { cert, key, ...(passphrase === undefined ? {} : { passphrase }), ...(ca === undefined ? {} : { ca }) };
}

function createAgent({ resolve, limits, certificate }: PoolSetting, check: (host: string, address: string) => void): Agent {
  const options = {
    lookup: guardedLookup(resolve, check),
    autoSelectFamily: true,
    timeout: limits.connectTimeoutMs,
    allowH2: false,
    ...tlsOf(certificate),
  };
  const base = buildConnector(options);
  const connect: buildConnector.connector = (target, callback) => {
    base(target, (...outcome) => {
      const [failure, socket] = outcome;
      if (failure !== null) return callback(failure, null);
      try {
        check(target.hostname, socket.remoteAddress ?? 'unreadable');
      } catch (refusal) {
        socket.destroy();
        return callback(refusal as Error, null);
      }
      return callback(null, socket);
    });
  };
  // Time is bounded for the whole request by the caller; HTTP/2 would share sockets between names.
  return new Agent({
    connect,
    connections: SOCKETS_PER_ORIGIN,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
}

/** The two pools: what an admin listed, and everything else. A socket opened for one never serves the other. */
export interface Dispatchers {
  readonly listed: Dispatcher;
  readonly guarded: Dispatcher;
  readonly close: () => Promise<void>;
}

/** Makes the pools. The guarded one judges every resolved address, and the socket's remote address once more. */
export function createDispatchers(setting: PoolSetting): Dispatchers {
  const listed = createAgent(setting, () => undefined);
  const guarded = createAgent(setting, (host, address) => checkAddress(host, address, setting.allow));
  return { listed, guarded, close: async () => void (await Promise.all([listed.destroy(), guarded.destroy()])) };
}
