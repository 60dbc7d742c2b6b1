/**
 * A program of its own, with nothing but Node: it holds the other end of a pipe to the supervisor, which writes the list of its
 * children there, one JSON line per change. When the pipe closes (the supervisor is gone, however), it stops the children listed last.
 */
import { createInterface } from 'node:readline';
import { stopProcess, type ChildRecord } from './stop-processes.ts';

/** After the supervisor's death nobody waits for an orderly end: everything is gone within 10 seconds. */
const GRACE_MS = 3_000;

// Ctrl-C reaches every process of a terminal; this one outlives it to see the others off.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

let children: readonly ChildRecord[] = [];
createInterface({ input: process.stdin })
  .on('line', (line) => {
    children = JSON.parse(line) as readonly ChildRecord[];
  })
  .on('close', () => {
    void stopAll();
  });

async function stopAll(): Promise<void> {
  const databases = children.filter(({ stopSignal }) => stopSignal === 'SIGINT');
  await Promise.all(children.filter((child) => !databases.includes(child)).map(async (child) => stopProcess(child, GRACE_MS)));
  await Promise.all(databases.map(async (child) => stopProcess(child, GRACE_MS)));
}
