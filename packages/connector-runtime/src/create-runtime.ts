import { setTimeout as after } from 'node:timers/promises';
import { ConnectorError, systemClock, type Clock } from '@millwright/core';
import type { ConnectorPort, CredentialTypeInfo, HttpRequest, HttpResponse, LimitSpec, SocketPort } from '@millwright/node-sdk';
import { header, methodAndPath, per, window } from '@millwright/node-sdk';
import { Exchanger, type RuntimePorts } from './exchange.ts';
import { ActionCall, type CallPorts } from './execute-action.ts';
import type { CredentialRef, LentCredential } from './lender.ts';
import { Limiter, type Sleep } from './limits/limiter.ts';
import { OptionLists, shownOf, type Option, type OptionsRequest } from './load-options.ts';
import { maskOf } from './mask.ts';
import { buildRequest, type UnsignedRequest } from './request/build-request.ts';
import { Sender } from './sender.ts';
import { ChallengeBook } from './signing/challenge-book.ts';
import { openSession, type SocketCall } from './sockets/open-session.ts';
import { pollOnce, type Poll } from './triggers/poll.ts';
import { Subscriptions } from './triggers/subscription.ts';

/** How a runtime is made. */
export interface RuntimeOptions extends Pick<RuntimePorts, 'egress' | 'lender'> {
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Default: the machine's timers. */
  readonly sleep?: Sleep;
}

/** Executes what connectors declare; one per process, as limits are counted in it. */
export interface ConnectorRuntime {
  /** The runtime as one call of a node sees it. */
  readonly forCall: (own: CallPorts) => ConnectorPort;
  /**
   * Sends a request that a node wrote itself, signed; any status is an answer, 401 after the token was renewed once.
   * @throws ConnectorError `auth` when the credential is dead; UserError `host_not_listed` when it is for another host
   */
  readonly sendSigned: (request: UnsignedRequest, own: SignedCall) => Promise<HttpResponse>;
  /**
   * Waits until a batch of a step's own has room, first come, first served.
   * @param name who shares the batch
   * @throws ConnectorError `limit_reached`, `details.sent: false`, when the wait would be longer than any call
   */
  readonly pace: (name: string, pace: NonNullable<HttpRequest['pace']>, signal: AbortSignal) => Promise<void>;
  /** Sessions with servers that do not speak HTTP, for one call of a node. @param callOf what the call has for a slot */
  readonly socketsFor: (callOf: (slot: string) => SocketCall) => SocketPort;
  /** Values for a dropdown. @throws UserError `options_unknown`; ConnectorError as any read */
  readonly loadOptions: (request: OptionsRequest) => Promise<readonly Option[]>;
  /** The service's side of webhooks. */
  readonly subscriptions: Subscriptions;
  /** Asks once what is new. */
  readonly poll: (poll: Poll) => ReturnType<typeof pollOnce>;
  /** Tries a credential out by its type's test. @returns what the service says of it @throws ConnectorError when it is refused */
  readonly probe: (type: CredentialTypeInfo, lent: LentCredential) => Promise<{ readonly shown: string | null }>;
}

/** What one request of a node brings along. */
export interface SignedCall extends Pick<CallPorts, 'beforeSend'> {
  readonly credential: CredentialRef;
  readonly signal: AbortSignal;
}

async function sendSigned(ports: RuntimePorts, request: UnsignedRequest, own: SignedCall): Promise<HttpResponse> {
  const sender = new Sender(ports, { to: { title: 'the step', hosts: [] }, ...own });
  for (;;) {
    const { lent, response } = await sender.send(() => request);
    if (response.status !== 401 || !(await sender.isCured(lent, { header: response.headers }))) return maskOf(lent).response(response);
  }
}

/** Longer than any call may last: what ends a wait is the call's own time. */
const LONGEST_PACE_MS = 86_400_000;

async function pace(limiter: Limiter, key: string, of: { readonly spec: LimitSpec; readonly signal: AbortSignal }): Promise<void> {
  (await limiter.enter([{ key, spec: of.spec }], { signal: of.signal, longestMs: LONGEST_PACE_MS })).release();
}

const systemSleep: Sleep = (ms, signal) => after(ms, undefined, { signal }).catch(() => undefined);
const PROBE_MS = 15_000;

function refused({ credentialId }: LentCredential): ConnectorError {
  return new ConnectorError('auth', {
    code: 'credential_refused',
    message: 'the service refused the sign-in',
    hint: 'Check what you entered: the service does not accept it.',
    details: { credentialId, status: 401 },
  });
}

function probe(ports: RuntimePorts): ConnectorRuntime['probe'] {
  return async (type, lent) => {
    if (type.test === null) return { shown: null };
    const { request, show } = type.test;
    const { method, path } = methodAndPath(request);
    const lender = {
      lend: <T>(_ref: unknown, work: (one: LentCredential) => Promise<T>) => work(lent),
      renew: () => Promise.reject(refused(lent)),
    };
    const { answer, mask } = await new Exchanger(
      { ...ports, lender },
      {
        connector: {
          key: type.connectorKey,
          title: type.connectorTitle,
          hosts: type.hosts,
          retry: { on: [], wait: [header('retry-after')], tries: 1 },
        },
        errors: type.errors ?? { message: 'body.message' },
        limits: [],
        credential: { workspaceId: '', credentialId: lent.credentialId },
        target: `${method} ${path}`,
        build: (auth) =>
          buildRequest({
            request,
            baseUrl: type.baseUrl,
            headers: type.headers ?? {},
            scope: { auth },
            slot: { input: {}, auth, idempotencyKey: null, nowMs: ports.clock.nowMs() },
          }),
        isRepeatable: false,
        beforeSend: () => Promise.resolve(),
        signal: AbortSignal.timeout(PROBE_MS),
      },
    ).run();
    return { shown: mask.data(shownOf(show, answer)) };
  };
}

/** Makes the runtime of a process. */
export function createConnectorRuntime({ egress, lender, clock = systemClock, sleep = systemSleep }: RuntimeOptions): ConnectorRuntime {
  const ports: RuntimePorts = {
    egress,
    ...(lender === undefined ? {} : { lender }),
    clock,
    sleep,
    limiter: new Limiter(clock, sleep),
    skews: new Map<string, number>(),
    challenges: new ChallengeBook(),
  };
  const lists = new OptionLists(ports);
  return {
    forCall: (own) => ({ execute: (call) => new ActionCall(ports, call, own).run() }),
    sendSigned: (request, own) => sendSigned(ports, request, own),
    pace: (name, { requests, everyMs }, signal) =>
      pace(ports.limiter, `pace/${requests}/${everyMs}/${name}`, { spec: window(requests, `${everyMs}ms`, per('app')), signal }),
    socketsFor: (callOf) => ({ open: async (request, use) => openSession(ports, request, { call: callOf(request.credential), use }) }),
    loadOptions: (request) => lists.load(request),
    subscriptions: new Subscriptions(ports),
    poll: (poll) => pollOnce(ports, poll),
    probe: probe(ports),
  };
}
