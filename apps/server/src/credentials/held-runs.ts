import { messageOf } from '@millwright/core';
import { credentials, heldRuns, triggerBindings, waits, type Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';

/** Runs that wait for credentials are looked for this often, in ms. */
const EVERY_MS = 30_000;

/** What releasing runs works with. */
export interface ReleasePorts {
  readonly db: Pick<Database, 'tenant' | 'executor'>;
  /** Tells a run that something was decided. @throws TransientError `temporal_unavailable` */
  readonly wake: (runId: string) => Promise<boolean>;
  readonly log: Logger;
}

/**
 * Lets every run go on that waits for a credential: the decision is stored first, then the run is woken. Triggers that use it listen again.
 * @returns node runs that were released
 * @throws TransientError; what was decided then is found by the sweep of stale runs
 */
export async function releaseHeld({ db, wake }: ReleasePorts, workspaceId: string, credentialId: string): Promise<number> {
  const held = await db.tenant(workspaceId, async (tx) => {
    await triggerBindings.wakeForCredential(tx, credentialId);
    return heldRuns.heldNodeRuns(tx, credentialId);
  });
  const released = new Set<string>();
  let count = 0;
  for (const nodeRun of held) {
    const decided = await db.tenant(workspaceId, async (tx) =>
      waits.decide(tx, { ...nodeRun, kind: 'credential', decision: { reconnected: true }, by: null }),
    );
    if (decided !== 'decided') continue;
    count += 1;
    released.add(nodeRun.runId);
  }
  for (const runId of released) await wake(runId);
  return count;
}

/** Releases what waits for a credential that works: a run may begin to wait just after it was reconnected. Returns the function that stops it. */
export function startReleasing(ports: ReleasePorts): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    timer = setTimeout(() => {
      round = releaseWorking(ports)
        .catch((thrown: unknown) => ports.log.debug({ detail: messageOf(thrown) }, 'waiting runs could not be looked for'))
        .then(later);
    }, EVERY_MS).unref();
  };
  later();
  return async () => {
    clearTimeout(timer);
    await round;
    clearTimeout(timer);
  };
}

async function releaseWorking(ports: ReleasePorts): Promise<void> {
  for (const { workspaceId, credentialId } of await heldRuns.heldCredentials(ports.db.executor)) {
    const credential = await ports.db.tenant(workspaceId, async (tx) => credentials.getSealed(tx, credentialId));
    if (credential?.health === 'working' || credential?.health === 'untested') await releaseHeld(ports, workspaceId, credentialId);
  }
}
