import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectSocket } from 'node:net';
import type { Connection } from '@temporalio/client';
import { messageOf, TransientError } from '@millwright/core';
import { HISTORY_RETENTION_DAYS, TEMPORAL_NAMESPACE } from './version.ts';

/** How long to wait for a Temporal server, and when to give up early. */
export interface NamespaceWait {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const GRPC_ALREADY_EXISTS = 6;
const RPC_TIMEOUT_MS = 3_000;

/**
 * Waits until a Temporal server answers and the namespace `millwright` can be used, registering it when it is missing.
 * @param address `host:port` of the frontend
 * @throws TransientError `temporal_not_ready` when the time is over
 */
export async function ensureNamespace(address: string, { timeoutMs, signal }: NamespaceWait): Promise<void> {
  const deadline = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]);
  let last: unknown;
  const until = async (attempt: () => Promise<boolean>): Promise<void> => {
    for (;;) {
      deadline.throwIfAborted();
      try {
        if (await attempt()) return;
      } catch (thrown) {
        last = thrown;
      }
      await sleep(50, undefined, { signal: deadline });
    }
  };
  try {
    // The client's modules load while the server boots.
    const [{ Connection: client }] = await Promise.all([import('@temporalio/client'), until(async () => isListening(address))]);
    const connection = client.lazy({ address });
    try {
      await until(async () => registered(connection));
      await until(async () => described(connection));
    } finally {
      await connection.close();
    }
  } catch (thrown) {
    throw new TransientError({
      code: 'temporal_not_ready',
      message: `Temporal at ${address} was not ready within ${timeoutMs} ms: ${messageOf(last ?? thrown)}`,
      hint: 'Look at the end of logs/temporal.log in the data folder, or check TEMPORAL_ADDRESS.',
      cause: thrown,
    });
  }
}

async function isListening(address: string): Promise<boolean> {
  const colon = address.lastIndexOf(':');
  return new Promise((resolve) => {
    const socket = connectSocket({ host: address.slice(0, colon).replaceAll(/[[\]]/g, ''), port: Number(address.slice(colon + 1)) });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => {
        end(true);
      })
      .once('error', () => {
        end(false);
      })
      .setTimeout(RPC_TIMEOUT_MS, () => {
        end(false);
      });
  });
}

async function registered(connection: Connection): Promise<boolean> {
  if (await described(connection).catch(() => false)) return true;
  try {
    await connection.withDeadline(Date.now() + RPC_TIMEOUT_MS, async () =>
      connection.workflowService.registerNamespace({
        namespace: TEMPORAL_NAMESPACE,
        // The wire library takes plain numbers; only its type insists on Long.
        workflowExecutionRetentionPeriod: { seconds: (HISTORY_RETENTION_DAYS * 86_400) as never },
      }),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === GRPC_ALREADY_EXISTS) return true;
    throw thrown;
  }
}

async function described(connection: Connection): Promise<boolean> {
  await connection.withDeadline(Date.now() + RPC_TIMEOUT_MS, async () =>
    connection.workflowService.describeNamespace({ namespace: TEMPORAL_NAMESPACE }),
  );
  return true;
}
