import type { JsonObject } from '@millwright/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled, runLists, type Lists } from '../testing.ts';
import { loopCompute } from './compute.ts';

/** A loop whose body hands back what `body` makes of a batch; tells what it sent and what it gave at the end. */
class Going {
  readonly batches: (readonly unknown[])[] = [];
  readonly done: (readonly unknown[])[] = [];
  memory: { readonly lists: Lists; readonly facts: JsonObject } | null = null;

  run(parameters: JsonObject, arrived: Lists, more = false): void {
    const lists = { ...this.memory?.lists, ...arrived };
    const { outputs, end } = runLists(loopCompute, parameters, { lists, facts: this.memory?.facts ?? null, more });
    if (outputs['loop'] !== undefined) this.batches.push(outputs['loop']);
    if (outputs['done'] !== undefined) this.done.push(outputs['done']);
    if (end.memory === undefined) return;
    if (end.memory === null) this.memory = null;
    else {
      const kept = Object.entries(end.memory.lists).map(([name, parts]) => [name, filled(parts, lists)] as const);
      this.memory = { lists: Object.fromEntries(kept), facts: JSON.parse(JSON.stringify(end.memory.facts)) as JsonObject };
    }
  }
}

describe('loop', () => {
  it('sends every item once, in order, and gives what came back, for each list in turn', () => {
    const list = fc.array(fc.integer(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(list, fc.array(list, { maxLength: 3 }), fc.integer({ min: 1, max: 5 }), (first, others, batchSize) => {
        const going = new Going();
        going.run({ batchSize }, { main: first });
        for (const other of others) going.run({ batchSize }, { main: other });
        for (let round = 0; going.memory !== null && round < 100; round++) going.run({}, { back: going.batches.at(-1) as number[] });
        expect(going.batches.flat()).toEqual([first, ...others].flat());
        expect(going.done).toEqual([first, ...others]);
        expect(going.batches.every((batch) => batch.length <= batchSize)).toBe(true);
      }),
    );
  });

  it('collects while more is waiting, and goes on with nothing', () => {
    const going = new Going();
    going.run({}, { main: [1, 2] });
    going.run({}, { back: ['a'] }, true);
    expect(going.batches).toEqual([[1]]);
    going.run({}, { back: ['b'] });
    going.run({}, {});
    expect([going.batches, going.done, going.memory]).toEqual([[[1], [2]], [['a', 'b']], null]);
  });

  it('what comes back to a loop that does not run leaves as done', () => {
    const going = new Going();
    going.run({}, { back: [1] });
    expect(going.done).toEqual([[1]]);
  });

  it('refuses too many rounds and a batch size that is none, by field', () => {
    const start = (parameters: JsonObject) => () => runLists(loopCompute, parameters, { lists: { main: [1, 2, 3] } });
    expect(start({ batchSize: 2, maxRounds: 1 })).toThrow(
      expect.objectContaining({ code: 'loop_rounds', details: { field: 'maxRounds' } }),
    );
    expect(start({ batchSize: 0 })).toThrow(expect.objectContaining({ code: 'parameter_invalid', details: { field: 'batchSize' } }));
    expect(start({ batchSize: '2' })).not.toThrow();
  });
});
