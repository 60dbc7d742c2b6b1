import { ConnectorError, isJsonObject } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import type { ExecutorPorts, NodeCall, NodeOutcome } from '@millwright/executor';
import { refusal, saidBy } from './answers.ts';
import type { Life } from './server.ts';
import type { Said } from './vendor.ts';
import type { World } from './world.ts';

/** What the executor of a process works with: the real code sees nothing else. */
export function portsOf(world: World, life: Life): ExecutorPorts {
  return {
    ledgerFor: (header) => world.watch(life.ledger.ledgerFor(header), header),
    callsFor: (header, call) => life.ledger.callsFor(header, call),
    remote: world.mood.remote,
    blobs: world.blobs,
    plans: {
      config: async (_workspaceId, planHash, nodeId) => {
        const config = world.played(planHash).plan.configs[nodeId];
        return config ?? Promise.reject(new Error(`no config ${nodeId}`));
      },
    },
    runner: { run: (call) => runNode(world, life, call) },
    replies: {
      deliver: (runId, message) => {
        if (!life.isDead) world.replied(runId, message);
      },
    },
    cancels: {
      requested: (runId) => world.host(runId).isCanceled,
      onCancel: (runId, callback) => world.host(runId).listen('cancel', life, callback),
    },
    pauses: { onPause: (runId, callback) => world.host(runId).listen('pause', life, callback) },
    news: { onNews: (runId, callback) => world.host(runId).listen('news', life, callback) },
    children: {
      start: (call) => world.children.start(life, call),
      stop: async (_header, runIds) => {
        await life.wait();
        for (const runId of runIds) world.cancel(runId);
      },
    },
    clock: world.time.clock,
    timers: life.timers,
    log: { warn: () => undefined, error: (fields) => world.logged(fields) },
  };
}

async function runNode(world: World, life: Life, call: NodeCall): Promise<NodeOutcome> {
  const { behaviours } = world.played(call.header.planHash);
  const behaviour = behaviours[call.node.id];
  const slowness = behaviour?.slowness ?? 0;
  switch (call.node.effect) {
    case 'pure':
      return outcomeOf(withParameters(saidBy(call, behaviour, 1), call));
    case 'read': {
      await life.wait(slowness);
      return outcomeOf(saidBy(call, behaviour, call.attempt, world.nextRead()));
    }
    default:
      return write(world, life, { call, slowness });
  }
}

async function write(
  world: World,
  life: Life,
  { call, slowness }: { readonly call: NodeCall; readonly slowness: number },
): Promise<NodeOutcome> {
  const { header, node, parameters, itemIndex, runIndex, attempt, idempotencyKey } = call;
  const key = idempotencyKey ?? '';
  const behaviour = world.played(header.planHash).behaviours[node.id];
  await life.wait();
  await call.beforeSend(hashJson(parameters));
  // From here to the vendor nothing may come between: a freeze there is the one gap that is documented.
  await life.point('before a send');
  if (world.faults.happens('notConnected'))
    throw new ConnectorError('transient', { code: 'not_connected', message: 'not connected', details: { sent: false } });
  const request = {
    originRunId: header.resumes?.originRunId ?? header.runId,
    runId: header.runId,
    nodeId: node.id,
    runIndex,
    itemIndex,
    attempt,
    key,
    body: JSON.stringify(parameters),
    isKeyed: node.onLostAnswer === 'resend',
  };
  world.sent(request);
  const said = world.vendor.take(request, () => saidBy(call, behaviour, world.vendor.refusals(key) + 1));
  await life.point('after a send');
  await life.wait(slowness);
  if (world.faults.happens('answerLost'))
    throw new ConnectorError('transient', { code: 'reset', message: 'reset', details: { sent: true } });
  return outcomeOf(said);
}

/** What a node gives. @throws ConnectorError where its vendor refused */
export function outcomeOf(said: Said): NodeOutcome {
  if ('refused' in said) throw refusal(said.refused);
  return { items: said.items.map((json) => ({ json })) };
}

/** What is pure hands on when it was begun: a request that is built from it must not change with that. */
export function withParameters(said: Said, { parameters }: NodeCall): Said {
  const { at } = parameters;
  if ('refused' in said || at === undefined) return said;
  return { items: said.items.map((json) => (isJsonObject(json) ? { ...json, at } : json)) };
}
