import type { PlanNode } from '@millwright/workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Driver, draw } from './testing.ts';

/** A random graph without cycles: each node has edges from earlier ones into one of two ports. */
const graphs = fc
  .array(fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .chain((parents) =>
    fc.record({
      parents: fc.constant(parents),
      flags: fc.array(fc.constantFrom('plain', 'disabled', 'optional'), { minLength: 8, maxLength: 8 }),
      order: fc.constantFrom('parallel' as const, 'sequential' as const),
    }),
  )
  .map(({ parents, flags, order }) => {
    const edges = new Set<string>();
    const nodes: Record<string, Partial<PlanNode>> = { t: {} };
    parents.forEach((list, index) => {
      for (const [parent, isSide] of list) {
        const from = parent % (index + 1);
        edges.add(`${from === 0 ? 't' : `n${from}`}>n${index + 1}.${isSide ? 'side' : 'main'}`);
      }
      const ports = [...new Set([...edges].filter((edge) => edge.includes(`>n${index + 1}.`)).map((edge) => edge.split('.').at(-1) ?? ''))];
      nodes[`n${index + 1}`] = {
        disabled: flags[index] === 'disabled',
        inputs: ports.map((port) => ({ port, required: flags[index] !== 'optional', edges: 1 })),
      };
    });
    return draw([...edges], nodes, order);
  });

describe('any graph, in any order of completions', () => {
  it('ends, and its state is always its own JSON round trip', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat({ max: 1000 })), (skeleton, choices) => {
        const run = new Driver(skeleton);
        for (let i = 0; i < 5000 && run.state.ended === undefined; i++) {
          expect(JSON.parse(JSON.stringify(run.state))).toStrictEqual(run.state);
          const ready = run.state.active.filter((one) => one.status !== 'ready');
          expect(ready.length).toBeGreaterThan(0);
          const pick = ready[choices.next().value % ready.length];
          if (pick === undefined) throw new Error('nothing runs');
          const seq = run.state.seq + 1;
          const { nodeId, runIndex } = pick;
          const chance = choices.next().value % 10;
          if (pick.status === 'waiting') run.send({ type: 'timer', nodeId, runIndex, seq });
          else if (chance === 0) run.send({ type: 'waiting', nodeId, runIndex, waitsFor: { kind: 'timer', untilMs: 1 } });
          else if (chance === 1) run.send({ type: 'progress', nodeId, runIndex, seq });
          else run.done(nodeId, { main: chance === 2 ? 0 : 1 }, runIndex);
        }
        expect(run.state.ended).toEqual({ status: 'succeeded' });
        expect(run.state.arrivals).toEqual({});
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same node runs whatever the order of parallel branches', () => {
    const skeleton = draw(['t>a', 't>b', 't>c', 'a>m.left', 'b>m.right', 'm>d', 'c>d']);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        const run = new Driver(skeleton);
        while (run.state.ended === undefined) {
          const pick = run.state.active[choices.next().value % run.state.active.length];
          if (pick !== undefined) run.done(pick.nodeId, { main: 1 }, pick.runIndex);
        }
        expect(run.state.counts).toEqual({ t: 1, a: 1, b: 1, c: 1, m: 1, d: 2 });
      }),
      { numRuns: 50 },
    );
  });
});
