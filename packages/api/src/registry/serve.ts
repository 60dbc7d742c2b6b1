import express, { type Request, type RequestHandler, type Response } from 'express';
import { InvariantError, UserError, type JsonValue } from '@millwright/core';
import { idempotency } from '@millwright/db';
import { withinWorkspace } from '@millwright/egress';
import { appendAudit } from '../audit.ts';
import type { ApiDeps } from '../deps.ts';
import { requirePermission } from '../permissions.ts';
import type { Principal } from '../principal.ts';
import { requireOwnPage } from './csrf.ts';
import { openEventStream } from './event-stream.ts';
import { claimOf, findAnswer, takeClaim } from './idempotency.ts';
import { addressKey } from './rate-limit.ts';
import { headersOf, parseRequest, type RequestParts } from './request.ts';
import type { Route, SessionCall } from './route.ts';

type Call = Parameters<Route['handle']>[0];

/** One request on its way through a route. */
interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly deps: ApiDeps;
  readonly principal: Principal | null;
  readonly claim: idempotency.Claim | null;
}

/** The person behind a request, as far as the route asks for one. */
async function admit(route: Route, headers: Headers, deps: ApiDeps): Promise<Principal | null> {
  if (route.permission === 'anyone') return null;
  const principal = await deps.identity.authenticate(headers);
  if (principal === null) throw notSignedIn();
  if (route.permission !== 'signedIn') requirePermission(principal.role, route.permission);
  return principal;
}

/** The refusal of a request without a session. */
export function notSignedIn(): UserError {
  return new UserError('unauthenticated', {
    code: 'not_signed_in',
    message: 'You are not signed in, or your session has ended.',
    hint: 'Sign in again.',
  });
}

/** Transactions in the caller's workspace; a write that should leave an audit entry and does not is a bug, and is rolled back. */
function transactionsOf(route: Route, { deps, principal, claim }: Exchange): Pick<SessionCall<never>, 'read' | 'write'> {
  const tenantOf = (): Principal => {
    if (principal === null) throw new InvariantError({ code: 'tenant_missing', message: `${route.contract.path} has no workspace` });
    return principal;
  };
  const { audit } = route;
  let isClaimed = claim === null;
  return {
    read: (fn) => deps.db.tenant(tenantOf().workspaceId, fn),
    write: (fn) =>
      deps.db.tenant(tenantOf().workspaceId, async (tx) => {
        if (!isClaimed && claim !== null) await takeClaim(tx, claim);
        isClaimed = true;
        let audited = audit === 'none';
        const result = await fn(tx, async (target, details = {}) => {
          if (audit === 'none') throw new InvariantError({ code: 'audit_unexpected', message: `${route.contract.path} has no audit rule` });
          audited = true;
          await appendAudit(tx, { action: audit, actorId: tenantOf().userId, target, details });
        });
        if (!audited) throw new InvariantError({ code: 'audit_missing', message: `${route.contract.path} wrote no audit entry` });
        return result;
      }),
  };
}

function callOf(route: Route, exchange: Exchange, parts: RequestParts): Call {
  const { request, response, principal, claim } = exchange;
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return {
    ...(parts as Pick<Call, 'params' | 'query' | 'body' | 'revision'>),
    ...transactionsOf(route, exchange),
    headers: headersOf(request),
    address: addressKey(request.ip),
    signal: gone.signal,
    principal,
    claim,
    reply: {
      header: (name, value) => void response.set(name, typeof value === 'string' ? value : [...value]),
      status: (code) => void response.status(code),
    },
  };
}

/** Keeps an answer for a repeated key. Fails quietly: what was asked for is done, and the claim keeps it from being done twice. */
async function keepAnswer(route: Route, { deps, principal, claim }: Exchange, body: unknown): Promise<void> {
  if (claim === null || principal === null) return;
  const done = { ...claim, status: route.contract.answer.status, answer: route.secretAnswer === true ? null : (body as JsonValue) };
  await deps.db
    .tenant(principal.workspaceId, (tx) => idempotency.settle(tx, done))
    .catch((thrown: unknown) => {
      deps.log.warn({ err: thrown, path: route.contract.path }, 'an answer could not be kept for its Idempotency-Key');
    });
}

async function answer(route: Route, call: Call, exchange: Exchange): Promise<void> {
  const { response, deps, claim } = exchange;
  const kept = claim === null ? null : await call.read((tx) => findAnswer(tx, claim));
  if (kept !== null) {
    response.status(kept.status).set('idempotency-replayed', 'true').json(kept.body);
    return;
  }
  response.status(route.contract.answer.status);
  const body = await route.handle(call, deps);
  await keepAnswer(route, exchange, body);
  if (body === undefined) response.end();
  else response.json(body);
}

/** Runs an event stream until it is over, its reader is gone, or the reader's access ends. */
async function stream(route: Route, call: Call, { response, deps, principal }: Exchange): Promise<void> {
  if (route.stream === undefined || principal === null) throw new InvariantError({ code: 'route_incomplete', message: 'not a stream' });
  let opened: ReturnType<typeof openEventStream> | undefined;
  const open = (): ReturnType<typeof openEventStream> => (opened ??= openEventStream(response));
  const release = deps.identity.access.hold(principal, () => open().drop());
  try {
    // Access may have ended before it was held above.
    await admit(route, call.headers, deps);
    await route.stream(call, deps, { open: () => void open(), send: (name, data) => open().send(name, data) });
    if (!call.signal.aborted) open().end();
  } catch (thrown) {
    if (opened === undefined) throw thrown;
    deps.log.warn({ err: thrown, path: route.contract.path }, 'an event stream broke off');
    opened.drop();
  } finally {
    release();
  }
}

/** The Express handlers of a route, in order: who, where from, how often; then the body; then the work. */
export function handlersOf(route: Route, deps: ApiDeps): readonly RequestHandler[] {
  const admitted = new WeakMap<Request, Principal | null>();
  const gate: RequestHandler = async (request, response, next) => {
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    const address = addressKey(request.ip);
    if (route.permission === 'anyone') deps.limiter.take(route.rateClass, address);
    if (route.csrf === 'required') requireOwnPage(request.headers, deps.publicUrl);
    const principal = await admit(route, headersOf(request), deps);
    if (principal !== null) deps.limiter.take(route.rateClass, principal.userId);
    admitted.set(request, principal);
    next();
  };
  const work: RequestHandler = async (request, response) => {
    const principal = admitted.get(request) ?? null;
    // Before the claim, which writes the body out again.
    const parts = parseRequest(route, request);
    const exchange = { request, response, deps, principal, claim: claimOf(request, principal) };
    const call = callOf(route, exchange, parts);
    const serve = (): Promise<void> => (route.stream === undefined ? answer(route, call, exchange) : stream(route, call, exchange));
    await (principal === null ? serve() : withinWorkspace(principal.workspaceId, serve));
  };
  const body = route.bodyLimitBytes === 0 ? [] : [express.json({ limit: route.bodyLimitBytes, strict: false })];
  return [gate, ...body, work];
}
