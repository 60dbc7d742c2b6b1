import type { Mutation } from './index.ts';

/** Temporal hears that a segment is over while its last flush is still on its way. */
export const returns: Mutation = {
  name: '§4 return: a segment returns before its last flush',
  patches: [
    {
      file: 'packages/executor/src/segment/segment.ts',
      find: '    const how = await this.#ledger.close(end);',
      replace: `    void this.#ledger.close(end).catch(() => undefined);
    const how = (await Promise.resolve('stored')) as Awaited<ReturnType<RunLedger['close']>>;`,
    },
  ],
  caughtBy: "kill before the segment's last flush",
};
