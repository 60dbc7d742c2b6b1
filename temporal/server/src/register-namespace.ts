/** Program: `register-namespace.ts <address> <timeoutMs>`; says on standard error why it could not, and ends with 1. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectSocket } from 'node:net';
import { messageOf } from '@millwright/core';
import { Connection } from '@temporalio/client';
import { HISTORY_RETENTION_DAYS, TEMPORAL_NAMESPACE } from './version.ts';

const GRPC_ALREADY_EXISTS = 6;
const RPC_TIMEOUT_MS = 3_000;
/** The caller gives up a moment later, and then cannot say why. */
const EARLY_MS = 200;

const [address = '', timeoutMs = ''] = process.argv.slice(2);
let last: unknown;

async function until(attempt: () => Promise<boolean>, deadline: AbortSignal): Promise<void> {
  for (;;) {
    deadline.throwIfAborted();
    try {
      if (await attempt()) return;
    } catch (thrown) {
      last = thrown;
    }
    await sleep(50, undefined, { signal: deadline });
  }
}

async function isListening(): Promise<boolean> {
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

try {
  const deadline = AbortSignal.timeout(Math.max(1, Number(timeoutMs) - EARLY_MS));
  await until(isListening, deadline);
  const connection = Connection.lazy({ address });
  await until(async () => registered(connection), deadline);
  await until(async () => described(connection), deadline);
  await connection.close();
} catch (thrown) {
  process.stderr.write(`${messageOf(last ?? thrown)}\n`);
  process.exitCode = 1;
}
