import type { Mutation } from './index.ts';

/** A caller hears an answer that depends on something that is not stored. */
export const reply: Mutation = {
  name: '§6 reply: an answer leaves before what it depends on is stored',
  patches: [
    {
      file: 'packages/executor/src/segment/segment.ts',
      find: 'if (this.#calls === undefined || this.#calls.isStored) return deliver();',
      replace: 'deliver();',
    },
  ],
  caughtBy: 'kill before the answer is stored',
};
