import type { Activation, PlanNode, PlanSkeleton, RunState } from '@millwright/workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from './events.ts';
import { Driver, draw } from './testing.ts';

/** What is drawn inside a section: plain nodes in a chain or side by side, joins, and sections in sections. */
type Shape =
  | { readonly kind: 'plain' }
  | { readonly kind: 'join' }
  | { readonly kind: 'map' | 'try' | 'compensate'; readonly flags: number; readonly parts: readonly (readonly Shape[])[] };

const shapes = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Shape>({ kind: 'plain' }, { kind: 'join' }),
    fc.record({
      kind: fc.constantFrom('map' as const, 'try' as const, 'compensate' as const),
      flags: fc.nat({ max: 31 }),
      parts: fc.array(fc.array(tie('shape'), { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    }),
  ),
})).shape;

class Drawing {
  readonly edges: string[] = [];
  readonly nodes: Record<string, Partial<PlanNode>> = {};
  #count = 0;

  /** Draws shapes one after the other from an output; the last output. */
  chain(from: string, list: readonly Shape[]): string {
    return list.reduce((last, shape) => this.#shape(last, shape), from);
  }

  #shape(from: string, shape: Shape): string {
    const id = `n${(this.#count += 1)}`;
    if (shape.kind === 'plain') {
      this.edges.push(`${from}>${id}`);
      return id;
    }
    if (shape.kind === 'join') {
      this.edges.push(`${from}>${id}a`, `${from}>${id}b`, `${id}a>${id}.left`, `${id}b>${id}.right`);
      this.nodes[id] = { inputs: ['left', 'right'].map((port) => ({ port, required: port === 'left', edges: 1 })) };
      return id;
    }
    this.edges.push(`${from}>${id}`);
    const has = (bit: number): boolean => (shape.flags & bit) !== 0;
    const ports = { map: ['each'], try: ['try', 'catch', 'finally'], compensate: ['do', 'undo'] }[shape.kind];
    const exit = shape.kind === 'map' ? 'collect' : 'result';
    ports.forEach((port, index) => {
      if (index > 0 && !has(index)) return;
      this.edges.push(`${this.chain(`${id}.${port}`, shape.parts[index] ?? [])}>${id}.${exit}`);
    });
    const onError = has(4) ? 'continue' : 'stop';
    const container = { window: 1 + (shape.flags & 3), ...(has(8) ? { collect: true as const } : {}) };
    this.nodes[id] = {
      control: shape.kind,
      inputs: [{ port: 'main', required: true, edges: 1 }],
      container,
      onError,
      alwaysOutput: has(16),
    };
    return id;
  }
}

const graphs = fc
  .record({ list: fc.array(shapes, { minLength: 1, maxLength: 3 }), order: fc.constantFrom('parallel' as const, 'sequential' as const) })
  .map(({ list, order }) => {
    const drawing = new Drawing();
    drawing.edges.push(`${drawing.chain('t', list)}>end`);
    return draw(drawing.edges, drawing.nodes, order);
  });

/** Goes on until the run has ended; every choice comes from outside. */
function drive(skeleton: PlanSkeleton, choose: () => number, check: (run: Driver, before: RunState) => void): Driver {
  const run = new Driver(skeleton, 't', 3);
  for (let i = 0; i < 3000 && run.state.ended === undefined; i++) {
    const before = run.state;
    const running = before.active.filter((one) => one.status === 'running' || one.waitsFor !== undefined);
    expect(running.length).toBeGreaterThan(0);
    const pick = running[choose() % running.length];
    if (pick !== undefined) step(run, pick, choose() % 12);
    check(run, before);
  }
  return run;
}

function step(run: Driver, { nodeId, runIndex, status }: Activation, chance: number): void {
  const seq = run.state.seq + 1;
  if (status === 'waiting') run.send({ type: 'timer', nodeId, runIndex, seq });
  else if (chance === 0) run.send({ type: 'waiting', nodeId, runIndex, waitsFor: { kind: 'timer', untilMs: 1 } });
  else if (chance === 1) {
    const facts = { error: { code: 'bad', message: 'bad' }, atMs: 1, chance: 0, final: false, fallback: {} };
    run.send({ type: 'failed', nodeId, runIndex, seq, ...facts });
  } else run.done(nodeId, { main: chance === 2 ? 0 : 1 + (chance % 2) }, runIndex);
}

const namesOf = (commands: readonly Command[]): string[] =>
  commands.flatMap((one) => (one.type === 'run' || one.type === 'open' ? `${one.activation.nodeId}:${one.activation.runIndex}` : []));

describe('any graph with containers, in any order of outcomes, failures included', () => {
  it('ends or waits; its state is its own JSON round trip; lists are made from lists that are there', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat({ max: 1000 })), (skeleton, choices) => {
        const made = new Set<string>(['t:0:main']);
        let seen = 0;
        const run = drive(
          skeleton,
          () => choices.next().value,
          (at, before) => {
            expect(JSON.parse(JSON.stringify(at.state))).toStrictEqual(at.state);
            for (const one of before.active) made.add(`${one.nodeId}:${one.runIndex}:main`);
            for (const { ref: list, parts } of at.lists.slice(seen)) {
              for (const name of parts.flatMap((part) => part.ref?.id ?? [])) expect(made).toContain(name);
              made.add(list.id);
            }
            seen = at.lists.length;
          },
        );
        expect(run.state.ended).toBeDefined();
        expect(run.state).not.toHaveProperty('scopes');
        expect(run.state).not.toHaveProperty('remembered');
        expect(run.state.arrivals).toEqual({});
      }),
      { numRuns: 120 },
    );
  });

  it('starts every node run once, in a scope instance that is open, and settles it once', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat({ max: 1000 })), (skeleton, choices) => {
        const started = new Set<string>();
        const run = drive(
          skeleton,
          () => choices.next().value,
          (at, before) => {
            const open = new Set(at.state.scopes?.map((one) => one.id));
            const known = new Set(before.active.map((one) => `${one.nodeId}:${one.runIndex}`));
            for (const name of namesOf(at.commands)) {
              if (known.has(name)) continue;
              expect(started).not.toContain(name);
              started.add(name);
            }
            const named = [...at.state.active.map((one) => one.scope), ...(at.state.scopes ?? []).map((one) => one.parent)];
            for (const id of named.filter((one) => one !== undefined)) expect(open).toContain(id);
          },
        );
        const settled = run.log.filter((line) => /^(succeeded|failed|skipped|canceled) /.test(line)).map((line) => line.split(' ')[1]);
        expect(new Set(settled).size).toBe(settled.length);
        for (const name of started) expect(settled).toContain(name);
      }),
      { numRuns: 120 },
    );
  });

  it('follows from events alone: the same events give the same state and commands', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat({ max: 1000 })), (skeleton, choices) => {
        const drawn: number[] = [];
        const first = drive(
          skeleton,
          () => (drawn.push(choices.next().value), drawn.at(-1) ?? 0),
          () => undefined,
        );
        let at = 0;
        const again = drive(
          JSON.parse(JSON.stringify(skeleton)) as PlanSkeleton,
          () => drawn[at++] ?? 0,
          () => undefined,
        );
        expect(again.log).toEqual(first.log);
        expect(again.state).toEqual(first.state);
      }),
      { numRuns: 40 },
    );
  });

  it('numbers the node runs of a map by item, whatever the order of outcomes', () => {
    const skeleton = draw(['t>m', 'm.each>y', 'y.try>a', 'a>b', 'b>y.result', 'y.main>n', 'n.each>c', 'c>n.collect', 'n.main>m.collect'], {
      m: { control: 'map', container: { window: 3 }, inputs: [{ port: 'main', required: true, edges: 1 }] },
      y: { control: 'try', container: {}, inputs: [{ port: 'main', required: true, edges: 1 }] },
      n: { control: 'map', container: { window: 2 }, inputs: [{ port: 'main', required: true, edges: 1 }] },
    });
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        const run = new Driver(skeleton, 't', 4);
        while (run.state.ended === undefined) {
          const running = run.state.active.filter((one) => one.status === 'running');
          const pick = running[choices.next().value % running.length];
          if (pick !== undefined) run.done(pick.nodeId, { main: pick.nodeId === 'b' ? 2 : 1 }, pick.runIndex);
        }
        const runs = run.log.filter((line) => line.startsWith('run ')).toSorted();
        const expected = [0, 1, 2, 3].flatMap((n) => [`run a:${n}`, `run b:${n}`, `run c:${n * 1000}`, `run c:${n * 1000 + 1}`]);
        expect(runs).toEqual(expected.toSorted());
      }),
      { numRuns: 30 },
    );
  });
});
