import { newId, TransientError, type OwnerId } from '@millwright/core';
import type { CallLedger, RemoteCall, RunHeader, RunLedger } from '@millwright/workflow';
import type { CommitPoints } from './commit-points.ts';
import { MemoryCalls } from './memory-calls.ts';
import { MemoryLedger, type Crash, type ProcessState } from './memory-run-ledger.ts';
import type { MemoryStore } from './memory-store.ts';

/** One process that writes to the store. */
export interface MemoryProcess {
  readonly owner: OwnerId;
  readonly ledgerFor: (header: RunHeader) => RunLedger;
  readonly callsFor: (header: RunHeader, call: RemoteCall) => CallLedger;
  readonly isDead: () => boolean;
  /** Kills it: what is queued is lost, every later call fails, and its owner row is gone. */
  readonly die: () => void;
  /** Its lease has run out while it was frozen: it goes on, but others may take its runs. */
  readonly expire: () => void;
}

/**
 * A process of its own on a store.
 * @param crash when it dies by itself
 * @param points what a simulation decides
 */
export function startMemoryProcess(store: MemoryStore, crash?: Crash, points: CommitPoints = {}): MemoryProcess {
  const owner = points.owner ?? newId('owner');
  const process: ProcessState = { owner, isDead: false, commits: 0, crash, points, left: new Set(), open: new Map() };
  store.alive.add(owner);
  const expire = (): void => void store.alive.delete(owner);
  return {
    owner,
    expire,
    isDead: () => process.isDead,
    die: () => {
      process.isDead = true;
      expire();
    },
    ledgerFor: (header) => new MemoryLedger(store, process, header),
    callsFor: (header, call) =>
      new MemoryCalls(
        store,
        { owner, isAlive: () => !process.isDead, commit: (write) => commitOf(store, process, write) },
        { header, call },
      ),
  };
}

/** One commit beside the ledger; the process may die of it. */
async function commitOf(store: MemoryStore, process: ProcessState, write: () => boolean): Promise<boolean> {
  const dead = new TransientError({ code: 'database_unavailable', message: 'the process is dead' });
  if (process.isDead) throw dead;
  store.commits += 1;
  process.commits += 1;
  const { crash, commits, owner } = process;
  const isFatal = crash?.atCommit === commits;
  await process.points.before?.('commit');
  const isWritten = (!isFatal || crash.isStored) && write();
  await process.points.after?.();
  if (!isFatal) return isWritten;
  process.isDead = true;
  store.alive.delete(owner);
  throw dead;
}
