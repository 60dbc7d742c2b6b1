import type { Mutation } from './index.ts';

/** A run is in two flushes at once, and the second overtakes the first. */
export const flushes: Mutation = {
  name: '§2.3 group commit: a run is in two flushes at once',
  patches: [
    {
      file: 'packages/db/src/ledger/group-commit.ts',
      find: 'if (buffer.inFlight !== null || (batch[0] !== undefined && batch[0].owner !== buffer.owner)) continue;',
      replace: 'if (batch[0] !== undefined && batch[0].owner !== buffer.owner) continue;',
    },
  ],
  caughtBy: 'flush that the next one could overtake',
};
