import { TransientError } from '@millwright/core';
import type { Logger } from '@millwright/platform';
import { NativeConnection } from '@temporalio/worker';
import { installRuntime } from './runtime.ts';

/** The link to Temporal that a process shares. */
export type TemporalLink = NativeConnection;

/**
 * Opens the one link to Temporal that workers and the starter of a process share: eager start needs the same object.
 * It reconnects by itself. Close it after the workers have stopped.
 * @param address `host:port` of the frontend
 * @throws TransientError `temporal_unavailable`
 */
export async function connectTemporal(address: string, log: Logger): Promise<NativeConnection> {
  installRuntime(log);
  try {
    return await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  } catch (cause) {
    throw new TransientError({
      code: 'temporal_unavailable',
      message: `Temporal does not answer at ${address}`,
      hint: 'Check that the Temporal server runs and that TEMPORAL_ADDRESS is right.',
      cause,
    });
  }
}
