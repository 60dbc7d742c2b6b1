import type { Mutation } from './index.ts';

/** Nobody asks any more whose run it is: not the flush, not before a send, not when the lease was lost. */
export const ownership: Mutation = {
  name: '§3 ownership: whoever wakes up goes on',
  patches: [
    {
      file: 'packages/db/src/ledger/flush-statement.ts',
      find: `    where r.status in \${OPEN} and (r.owner = \${me} or (r.owner is not null and not exists (select 1 from owners o where o.owner = r.owner)))`,
      replace: `    where r.status in \${OPEN}`,
    },
    {
      file: 'packages/db/src/ledger/flush-statement.ts',
      find: `    where exists (select 1 from owners o where o.owner = \${me})`,
      replace: `    where \${me}::text is not null`,
    },
    {
      file: 'packages/db/src/ledger/owner.ts',
      find: 'return this.#ports.clock.monotonicMs() - this.#renewedAtMs < STALE_MS;',
      replace: 'return true;',
    },
    {
      file: 'packages/db/src/ledger/ledger.ts',
      find: 'for (const buffer of this.#open.values()) buffer.die();',
      replace: '',
    },
  ],
  caughtBy: 'process frozen past its lease',
};
