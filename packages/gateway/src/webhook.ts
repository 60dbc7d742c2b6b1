import { isId, TransientError, UserError, type RunId } from '@millwright/core';
import type { ReplyMessage } from '@millwright/workflow';
import type { Request, RequestHandler, Response } from 'express';
import { overCapacity } from './admission.ts';
import { admitted } from './admitted.ts';
import { deliveryIdOf, headerFor } from './delivery.ts';
import type { GatewayLimits, GatewayPorts, KnownDelivery, ResolvedEndpoint, RunStart } from './ports.ts';
import { itemOf, readBody } from './read-request.ts';
import type { ReplyWaiters } from './replies.ts';
import { receiveEvents } from './trigger-events.ts';

/** When the stored reply is looked at beside the one from memory, and how often (durability.md §6). */
const FIRST_POLL_MS = 2000;
const POLL_MS = 500;
/** A repeated delivery has nothing but the stored reply to wait for; most are there at once. */
const FIRST_REPEAT_POLL_MS = 50;

/** Where a request's way through the gateway is written down: what it came for, and what answers it. */
interface Call {
  readonly ports: GatewayPorts;
  readonly limits: GatewayLimits;
  readonly replies: ReplyWaiters;
  readonly endpoint: ResolvedEndpoint;
  readonly response: Response;
  /** Says that the delivery is started, or will not be. */
  readonly leave: () => void;
}

function unknownEndpoint(): UserError {
  return new UserError('notFound', {
    code: 'webhook_unknown',
    message: 'no workflow listens at this address',
    hint: 'Copy the URL again from the webhook step. A workflow listens after it was published once.',
  });
}

/** The live endpoint of a request, or the error that says why there is none. */
async function endpointOf(ports: GatewayPorts, request: Request): Promise<ResolvedEndpoint> {
  const id = request.params['endpointId'];
  const endpoint = isId('endpoint', id) ? await ports.resolve(id) : null;
  if (!endpoint) throw unknownEndpoint();
  if (!endpoint.active) {
    throw new UserError('notFound', {
      code: 'webhook_off',
      message: 'this workflow is switched off',
      hint: 'Switch the workflow on in Millwright, then send again.',
    });
  }
  if (!endpoint.methods.includes(request.method)) {
    throw new UserError('methodNotAllowed', {
      code: 'method_not_allowed',
      message: `${request.method} is not accepted here`,
      hint: `Send ${endpoint.methods.join(' or ')}, or allow ${request.method} in the webhook step and publish.`,
      details: { allow: endpoint.methods },
    });
  }
  return endpoint;
}

/** Link to a run's state, for callers that are not told its answer. */
function statusLink(ports: GatewayPorts, runId: RunId): string {
  return `${ports.publicUrl}/api/v1/runs/${runId}`;
}

function accept(call: Call, runId: RunId, duplicate: boolean): void {
  call.response
    .status(202)
    .set('x-millwright-run', runId)
    .set(duplicate ? { 'x-millwright-duplicate': 'true' } : {})
    .json({ runId, status: statusLink(call.ports, runId), duplicate });
}

/**
 * What a workflow answers is content of whoever draws it, sent from the address of the product: a browser must neither run it as
 * a page of the product nor guess its type.
 */
const GUEST_HEADERS = { 'content-security-policy': "sandbox; frame-ancestors 'none'", 'x-content-type-options': 'nosniff' } as const;

function answer(call: Call, runId: RunId, message: ReplyMessage): void {
  call.response.status(message.status).set(message.headers).set(GUEST_HEADERS).set('x-millwright-run', runId).end(message.body);
}

/**
 * Waits for the answer from memory and, after two seconds, for the stored one; the first wins. Null at the limit.
 * @param fromMemory null for a repeated delivery: it gets the stored answer, never one computed for itself
 */
async function awaitAnswer(call: Call, hash: string, fromMemory: Promise<ReplyMessage> | null): Promise<ReplyMessage | null> {
  const endsAt = call.ports.clock.monotonicMs() + call.limits.maxHoldMs;
  let pauseMs = fromMemory === null ? FIRST_REPEAT_POLL_MS : FIRST_POLL_MS;
  while (!call.response.closed) {
    const left = endsAt - call.ports.clock.monotonicMs();
    if (left <= 0) return null;
    const found = await within(Math.min(pauseMs, left), fromMemory);
    if (found) return found;
    const stored = await call.ports.deliveries.find(call.endpoint, hash).catch(() => null);
    if (stored?.reply) return stored.reply;
    pauseMs = Math.min(fromMemory === null ? pauseMs * 2 : POLL_MS, POLL_MS);
  }
  return null;
}

/** The answer, or null after the time. The timer ends with it: thousands of callers a second would leave theirs behind. */
async function within(ms: number, answer: Promise<ReplyMessage> | null): Promise<ReplyMessage | null> {
  const over = Promise.withResolvers<null>();
  const timer = setTimeout(over.resolve, ms, null).unref();
  try {
    return await (answer === null ? over.promise : Promise.race([answer, over.promise]));
  } finally {
    clearTimeout(timer);
  }
}

/** Holds a synchronous caller until its run answers; past the limit it gets a link instead of a hang. */
async function hold(call: Call, start: RunStart, fromMemory: Promise<ReplyMessage> | null): Promise<void> {
  const { runId, delivery } = start.header;
  const message = await awaitAnswer(call, delivery?.hash ?? '', fromMemory);
  if (message) answer(call, runId, message);
  else if (!call.response.destroyed) accept(call, runId, false);
}

/** Answers a delivery that is known already: nothing is started. */
async function answerKnown(call: Call, known: KnownDelivery, start: RunStart): Promise<void> {
  call.leave();
  if (start.header.reply === 'none') accept(call, known.runId, true);
  else if (known.reply) answer(call, known.runId, known.reply);
  else await hold(call, start, null);
}

/** An asynchronous delivery is accepted when it is on disk; its run starts when it can. */
async function keepForLater(call: Call, start: RunStart): Promise<void> {
  const runId = await call.ports.backlog.keep(start);
  call.leave();
  accept(call, runId, runId !== start.header.runId);
}

async function startAndAnswer(call: Call, start: RunStart): Promise<void> {
  const synchronous = start.header.reply !== 'none';
  const waiter = synchronous ? call.replies.wait(start.header.runId) : null;
  try {
    const started = await call.ports.starter.start(start);
    call.leave();
    if (!waiter) accept(call, start.header.runId, started === 'duplicate');
    // A duplicate waits for the stored reply: what this process computes now is not what the first caller got.
    else await hold(call, start, started === 'duplicate' ? null : waiter.answer);
  } catch (thrown) {
    // A synchronous caller is told when to come back.
    if (synchronous || !(thrown instanceof TransientError) || thrown.code !== 'temporal_unavailable') throw thrown;
    call.ports.log.warn({ workspaceId: start.header.workspaceId, runId: start.header.runId }, 'delivery kept until runs can be started');
    await keepForLater(call, start);
  } finally {
    waiter?.stop();
  }
}

/** Whether the delivery is only kept for now. @throws UserError `over_capacity`: neither its run can be started nor can it be kept */
function isForLater({ ports, endpoint: { answer, workspaceId } }: Call): boolean {
  if (answer !== 'now') {
    ports.admission.assertRoom();
    return false;
  }
  if (!ports.backlog.isBehind(workspaceId)) return false;
  if (!ports.backlog.hasRoom(workspaceId)) throw overCapacity();
  return true;
}

async function receive(request: Request, call: Call): Promise<void> {
  const { ports, endpoint, limits } = call;
  const forLater = isForLater(call);
  const deliveryId = deliveryIdOf(request.headers['idempotency-key']);
  const item = itemOf(request, await readBody(request, limits.maxBodyBytes));
  const header = headerFor(endpoint, deliveryId, ports.clock.nowMs());
  const known = deliveryId === null ? null : await ports.deliveries.find(endpoint, header.delivery?.hash ?? '');
  const skeleton = await ports.skeleton(endpoint.workspaceId, endpoint.planHash);
  const trigger = known ? { id: '', count: 0, sizeBytes: 0 } : await ports.store(header, `${endpoint.nodeId}:0:main`, [item]);
  const start: RunStart = { header, skeleton, trigger };
  if (known) await answerKnown(call, known, start);
  else await (forLater ? keepForLater(call, start) : startAndAnswer(call, start));
}

/**
 * The handler of `/hooks/:endpointId`. A 2xx is sent only after the run is on disk (durability.md §6); every
 * failure goes to the app's one error handler.
 */
export function webhookHandler(ports: GatewayPorts, replies: ReplyWaiters, limits: GatewayLimits): RequestHandler {
  return admitted(ports, async ({ request, response, leave }) => {
    const endpoint = await endpointOf(ports, request);
    if (endpoint.isTrigger) await receiveEvents(request, { ports, endpoint, response, maxBodyBytes: limits.maxBodyBytes });
    else await receive(request, { ports, limits, replies, endpoint, response, leave });
  });
}
