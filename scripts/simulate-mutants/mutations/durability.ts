import type { Mutation } from './mutation.ts';

/** How a run survives anything, broken in eight ways: `durability.md`. */
export const durabilityMutations: readonly Mutation[] = [
  {
    rule: 'durability §2.1',
    sentence: 'No write leaves before everything that the engine consumed to reach it is stored.',
    name: 'the start of a write is stored without the outcomes that led to it',
    patches: [
      {
        file: 'packages/executor/src/testing/memory-run-ledger.ts',
        find: '      outcomes: this.#outcomes,\n',
        replace: '      outcomes: started === null ? this.#outcomes : [],\n',
      },
      {
        file: 'packages/executor/src/testing/memory-run-ledger.ts',
        find: '    this.#outcomes = [];\n',
        replace: '    if (started === null) this.#outcomes = [];\n',
      },
    ],
    caughtBy: 'faults',
  },
  {
    rule: 'durability §2.1',
    sentence: '`$now` derives from the time carried by the event that opened the segment, never from a clock.',
    name: 'a segment that is opened again has the time of the second opening',
    patches: [
      {
        file: 'packages/executor/src/segment/opened-before.ts',
        find: '  return own.length === 0 ? Math.max(openedAtMs, takenMs + 1) : own.reduce((least, one) => Math.min(least, one));',
        replace: '  return own.length === 0 ? Math.max(openedAtMs, takenMs + 1) : openedAtMs;',
      },
    ],
    caughtBy: 'faults',
  },
  {
    rule: 'durability §2.2',
    sentence: '`started` is committed last: limit granted, token fresh, request built; then the request leaves.',
    name: 'a request leaves while its start is on the way to the disk',
    patches: [
      {
        file: 'packages/executor/src/segment/call.ts',
        find: '    const isOurs = await this.#ports.ledger.start({',
        replace: '    const isOurs = await ((one: Promise<boolean>) => (one.catch(() => false), true))(this.#ports.ledger.start({',
      },
      {
        file: 'packages/executor/src/segment/call.ts',
        find: '      startedAtMs: this.#startedAtMs,\n    });\n    if (!isOurs) {',
        replace: '      startedAtMs: this.#startedAtMs,\n    }));\n    if (!isOurs) {',
      },
    ],
    caughtBy: 'faults',
  },
  {
    rule: 'durability §2.6',
    sentence: 'The key sent to a vendor is `hash36(key, sendNo)`; after a timeout or reset it stays.',
    name: 'every try has a key of its own',
    patches: [
      {
        file: 'packages/executor/src/segment/call.ts',
        find: '      this.#item.sendNo,\n    );',
        replace: '      this.#attempt,\n    );',
      },
    ],
    caughtBy: 'faults',
  },
  {
    rule: 'durability §2.7',
    sentence: '"Stop and ask": a person settles it.',
    name: 'what was sent and lost is sent again, whatever the node says',
    patches: [
      {
        file: 'packages/executor/src/segment/calls.ts',
        find: "  return open !== undefined && resend === undefined && node.effect !== 'child' && (node.onLostAnswer !== 'resend' || isExpired);",
        replace:
          "  return open !== undefined && resend === undefined && node.effect !== 'child' && (node.onLostAnswer === 'lookup' || isExpired);",
      },
    ],
    caughtBy: 'faults',
  },
  {
    rule: 'durability §3',
    sentence: 'A row that does not come back is not ours: stop, send nothing.',
    name: 'a process that lost its run sends all the same',
    patches: [
      {
        file: 'packages/executor/src/segment/call.ts',
        find: '    if (!isOurs) {\n      this.#ports.onLost();\n      throw new NotSent(',
        replace: '    if (!isOurs && this.#attempt < 0) {\n      this.#ports.onLost();\n      throw new NotSent(',
      },
    ],
    caughtBy: 'faults',
  },
  {
    rule: 'durability §4',
    sentence:
      'A segment returns only after the flush that holds its node runs and attempts, and the compare-and-set on `runs` if it ended.',
    name: 'a segment returns while its last flush is on the way',
    patches: [
      {
        file: 'packages/executor/src/segment/segment.ts',
        find: '    const how = await this.#ledger.close(end);',
        replace: `    void this.#ledger.close(end).catch(() => undefined);
    const how = (await Promise.resolve('stored')) as Awaited<ReturnType<RunLedger['close']>>;`,
      },
    ],
    caughtBy: 'faults',
  },
  {
    rule: 'durability §7',
    sentence:
      'Resume: a completed write is skipped only where node-configuration hash and input hash are equal. Its tries start after the highest stored.',
    name: 'a resumed run does again what was done',
    patches: [
      {
        file: 'packages/executor/src/nodes/skips.ts',
        find: '    return isKept ? { ...found, outcome: answer } : found;',
        replace: "    return isKept && answer.class === 'read' ? { ...found, outcome: answer } : found;",
      },
    ],
    caughtBy: 'faults',
  },
];
