import { describe, expect, it } from 'vitest';
import { generate } from '../generate.ts';
import type { Scenario } from '../scenario.ts';
import { withoutStacks } from '../without-stacks.ts';
import { calm } from './moods.ts';
import { simulateFaults } from './simulate-faults.ts';

/** About twenty seconds of one core. */
const SEEDS = 2_000;

/** One after the other, so that nothing else of the process comes between. */
async function wrongIn(count: number, play: (n: number) => ReturnType<typeof simulateFaults>): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let n = 0; n < count; n++) {
    const { seed, violations } = await withoutStacks(() => play(n));
    wrong.push(...violations.map((one) => `seed ${seed}: ${one}`));
  }
  return wrong;
}

describe('a world in which processes die, freeze and lose their database', () => {
  it('does everything once, in the order of one run that was not interrupted', async () => {
    expect(await wrongIn(SEEDS, (seed) => simulateFaults(seed))).toEqual([]);
  }, 600_000);

  it('plays a seed as often as one likes, always in the same way', async () => {
    for (const seed of [7, 117, 765]) expect(await simulateFaults(seed)).toEqual(await simulateFaults(seed));
  });

  it('of seeds that met most kinds of faults is worth something', async () => {
    const verdicts = [];
    for (let seed = 0; seed < 150; seed++) verdicts.push(await simulateFaults(seed));
    const met = new Set(verdicts.flatMap(({ faults }) => faults.map((one) => one.replace(/ \(.*/, ''))));
    expect([...met].toSorted()).toEqual([
      'a process dies after a commit',
      'a process dies after a run is called',
      'a process dies after a send',
      'a process dies before a commit',
      'a process dies before a run is called',
      'a process dies before a run is started',
      'a process dies before a send',
      'again',
      'answerLost',
      'away',
      'believedDead',
      'commitLost',
      'freezes',
      'notConnected',
      'remoteLost',
      'resume',
    ]);
    expect(new Set(verdicts.flatMap(({ statuses }) => statuses))).toEqual(new Set(['succeeded', 'failed', 'canceled']));
    expect(verdicts.reduce((sum, { requests }) => sum + requests, 0)).toBeGreaterThan(200);
  });
});

describe('a process that dies at any point of a run', () => {
  /** Writes side by side and one after the other, a read that decides, a question, a section that is undone, a called run, a wait. */
  const scenario: Scenario = {
    seed: 1,
    items: [
      { id: 'i0', n: 3, k: 0 },
      { id: 'i1', n: 2, k: 1 },
    ],
    behaviours: {},
    events: [],
    document: {
      format: 'millwright.workflow/1',
      name: 'Every point',
      settings: { order: 'parallel' },
      nodes: [
        ['t', 'core.webhook', null],
        ['r', 'test.read', null],
        ['w', 'test.write', null],
        ['a', 'test.ask', null],
        ['c', 'core.compensate', null],
        ['d', 'test.write', 'c'],
        ['u', 'test.write', 'c'],
        ['p', 'core.wait', null],
        ['call', 'core.callWorkflow', null],
        ['x', 'core.stop', null],
      ].map(([id, type, parent], index) => ({
        id: id ?? '',
        name: `Node ${id ?? ''}`,
        type: type ?? '',
        version: 1,
        position: [0, index * 10] as [number, number],
        parent: parent ?? null,
        ...(id === 'p' ? { parameters: { mode: 'for', amount: 30, unit: 'seconds' } } : {}),
        ...(id === 'call' ? { parameters: { workflow: 'wf_called', mode: 'list', wait: true } } : {}),
      })),
      edges: [
        't.main>r.main',
        'r.main>w.main',
        't.main>a.main',
        'w.main>c.main',
        'c.do>d.main',
        'd.main>c.result',
        'c.undo>u.main',
        'u.main>c.result',
        'c.main>p.main',
        'p.main>call.main',
        'call.main>x.main',
      ].map((edge) => {
        const [from = '', to = ''] = edge.split('>');
        const [fromId = '', output = ''] = from.split('.');
        const [toId = '', input = ''] = to.split('.');
        return { from: fromId, output, to: toId, input };
      }),
    },
  };

  it('leaves the same effects as one that does not die, whether it is one death or two', async () => {
    const { points, violations, requests } = await simulateFaults(1, { scenario, mood: calm });
    expect(violations).toEqual([]);
    expect(requests).toBe(10);
    expect(points).toBeGreaterThan(30);
    const deaths = Array.from({ length: points }, (_, index) => [index + 1]);
    const pairs = deaths.flatMap(([first = 0]) => [[first, first + 3]]);
    for (const fatal of [...deaths, ...pairs])
      expect({ fatal, ...(await simulateFaults(1, { scenario, mood: calm, fatal: new Set(fatal) })) }).toMatchObject({
        fatal,
        violations: [],
      });
  });
});

it('a seed and its scenario are one', () => {
  expect(generate(5)).toEqual(generate(5));
});
