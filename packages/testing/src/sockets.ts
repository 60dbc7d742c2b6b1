/**
 * What nodes that speak over sockets are tried with: the real runtime of connectors and the real egress, with a credential in memory.
 * A subpath of its own, as nothing else here is needed for it.
 */
import { createConnectorRuntime, type CredentialLender } from '@millwright/connector-runtime';
import { ConnectorError } from '@millwright/core';
import { createEgress, type EgressLimits } from '@millwright/egress';
import type {
  ActionDefinition,
  CredentialTypeInfo,
  HttpPort,
  JsonObject,
  JsonValue,
  SocketPort,
  TriggerDefinition,
} from '@millwright/node-sdk';
import { runAction, runPoll, runWatch, type PollTrial } from '@millwright/node-sdk/testing';

/** Who is talked to, and how. */
export interface SocketBenchOptions {
  readonly type: CredentialTypeInfo;
  /** What was typed in. */
  readonly fields: Readonly<Record<string, string>>;
  /** Default: host and port of the fields. */
  readonly allow?: readonly string[];
  readonly limits?: Partial<EgressLimits>;
  /** Default: nothing is done. */
  readonly beforeSend?: () => Promise<void>;
}

/** A poll, but for what the bench gives. */
export type BenchPoll = Omit<PollTrial, 'http' | 'sockets'>;

/** A credential, a runtime and a way out, and what was asked of them. */
export interface SocketBench {
  /** The ports of one call. @param isWrite whether the node may change something */
  readonly sockets: (isWrite: boolean) => SocketPort;
  /** Requests that are signed with the credential. */
  readonly http: HttpPort;
  /** Runs an action; `key` null for those that read. @returns the data of what came out */
  readonly run: (action: ActionDefinition, parameters: JsonObject, key?: string | null) => Promise<readonly JsonValue[]>;
  /** Asks a polled trigger once. */
  readonly poll: (trigger: TriggerDefinition, trial: BenchPoll) => ReturnType<typeof runPoll>;
  /** Listens as a polled trigger does. */
  readonly watch: (trigger: TriggerDefinition, trial: BenchPoll) => Promise<void>;
  /** Hashes of writes in the order in which they were stored as leaving. */
  readonly begun: readonly string[];
  /** How often a refused credential was to be renewed. */
  readonly renewals: () => number;
}

const NOW_MS = Date.UTC(2026, 10, 21);
const CREDENTIAL = { workspaceId: 'ws_bench', credentialId: 'cred_bench' };

function lenderOf({ type, fields }: SocketBenchOptions, onRenew: () => void): CredentialLender {
  const hosts = [fields['host'] ?? URL.parse(fields['url'] ?? '')?.hostname ?? ''];
  return {
    lend: (_ref, work) => work({ credentialId: CREDENTIAL.credentialId, type: type.type, auth: type.auth, fields, hosts, generation: 1 }),
    // As with a password in the product: only a person can bring it back.
    renew: () => {
      onRenew();
      return Promise.reject(
        new ConnectorError('auth', { code: 'credential_reconnect', message: 'refused', details: { ...CREDENTIAL, sent: false } }),
      );
    },
  };
}

/** Makes a bench. */
export function socketBench(options: SocketBenchOptions): SocketBench {
  const { fields, limits = {}, beforeSend = () => Promise.resolve() } = options;
  const begun: string[] = [];
  let renewals = 0;
  const egress = createEgress({ allow: options.allow ?? [`${fields['host'] ?? ''}:${fields['port'] ?? ''}`], limits });
  const runtime = createConnectorRuntime({ egress, lender: lenderOf(options, () => (renewals += 1)) });
  const { signal } = new AbortController();
  const gate = async (hash: string): Promise<void> => {
    begun.push(hash);
    await beforeSend();
  };
  const sockets = (isWrite: boolean): SocketPort =>
    runtime.socketsFor(() => ({ credential: CREDENTIAL, isWrite, beforeSend: gate, signal }));
  const http: HttpPort = {
    request: ({ method, url, headers = {}, body = null }) =>
      runtime.sendSigned(
        { method, url, headers, body: typeof body === 'string' || body instanceof Uint8Array ? body : null },
        { credential: CREDENTIAL, beforeSend: /^(PUT|POST|DELETE|PATCH)$/.test(method) ? gate : () => Promise.resolve(), signal },
      ),
  };
  const asking = (trial: BenchPoll): PollTrial => ({ nowMs: NOW_MS, ...trial, http: http.request, sockets: sockets(false) });
  return {
    sockets,
    http,
    poll: (trigger, trial) => runPoll(trigger, asking(trial)),
    watch: (trigger, trial) => runWatch(trigger, asking(trial)),
    begun,
    renewals: () => renewals,
    run: async (action, parameters, key = null) => {
      const trial = { parameters, sockets: sockets(key !== null), http: http.request, idempotencyKey: key, nowMs: NOW_MS };
      const { ports } = await runAction(action, trial);
      return (ports['main'] ?? []).map(({ json }) => json);
    },
  };
}
