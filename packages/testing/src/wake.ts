import { systemClock } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { createRunStarter } from '@millwright/temporal-client';
import { connectTemporal } from '@millwright/temporal-worker';

/** Sends a run the signal that says "something was decided". False when it is over. */
export async function wakeRun(temporalAddress: string, runId: string): Promise<boolean> {
  const connection = await connectTemporal(temporalAddress, createLogger({ level: 'error', name: 'tests' }));
  try {
    const starter = createRunStarter({ connection, namespace: 'millwright', queue: 'rt', dataConverter: {}, clock: systemClock });
    return await starter.wake(runId);
  } finally {
    await connection.close();
  }
}
