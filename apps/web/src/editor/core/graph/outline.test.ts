import { describe, expect, it } from 'vitest';
import { testCatalog, testDocument, type TestNode } from '../testing.ts';
import { outlineOf, unfolded } from './outline.ts';

const order = (nodes: readonly TestNode[], edges: readonly string[]): string =>
  outlineOf(testDocument(nodes, edges), testCatalog)
    .map((row) => `${'-'.repeat(row.level - 1)}${row.nodeId}`)
    .join(' ');

describe('the outline', () => {
  it('lists steps in the order of the flow, not in the order they were made', () => {
    expect(
      order(
        [
          ['c', 'test.step'],
          ['a', 'test.trigger'],
          ['b', 'test.step'],
        ],
        ['a>b', 'b>c'],
      ),
    ).toBe('a b c');
  });

  it('tells one branch to its end before the next, in the order of the ports, and what joins them last', () => {
    const nodes: readonly TestNode[] = [
      ['t', 'test.trigger'],
      ['if', 'test.branch'],
      ['no', 'test.step', 500, 0],
      ['yes', 'test.step', 500, 200],
      ['yes2', 'test.step', 800, 200],
      ['end', 'test.merge', 1200, 100],
    ];
    const edges = ['t>if', 'if.true>yes', 'if.false>no', 'yes>yes2', 'yes2>end.in1', 'no>end.in2'];
    expect(order(nodes, edges)).toBe('t if yes yes2 no end');
    const branches = outlineOf(testDocument(nodes, edges), testCatalog).map((row) => row.branch?.output ?? '');
    expect(branches).toEqual(['', '', 'true', '', 'false', '']);
  });

  it('tells what stands at the line that leads to a step, also where there is only one way', () => {
    const drawn = testDocument(
      [
        ['t', 'test.trigger'],
        ['a', 'test.step'],
        ['b', 'test.step'],
      ],
      ['t>a', 'a>b'],
    );
    const edges = drawn.edges.map((edge) => (edge.to === 'b' ? { ...edge, label: 'Paid' } : edge));
    expect(outlineOf({ ...drawn, edges }, testCatalog).map(({ branch }) => branch?.label ?? '')).toEqual(['', '', 'Paid']);
  });

  it('places what a container holds below it, one deeper, counted by itself', () => {
    const nodes: readonly TestNode[] = [
      ['t', 'test.trigger'],
      ['each', 'test.map'],
      ['in2', 'test.step', 300, 0, {}, 'each'],
      ['in1', 'test.step', 200, 0, {}, 'each'],
      ['after', 'test.step'],
    ];
    const rows = outlineOf(testDocument(nodes, ['t>each', 'each.each>in1', 'in1>in2', 'in2>each.collect', 'each>after']), testCatalog);
    expect(rows.map(({ nodeId, level, position, size }) => `${nodeId} ${level} ${position}/${size}`)).toEqual([
      't 1 1/3',
      'each 1 2/3',
      'in1 2 1/2',
      'in2 2 2/2',
      'after 1 3/3',
    ]);
    expect(unfolded(rows, new Set(['each'])).map((row) => row.nodeId)).toEqual(['t', 'each', 'after']);
  });

  it('has every step once where a loop leads back', () => {
    expect(
      order(
        [
          ['body', 'test.step', 400, 0],
          ['loop', 'test.loop', 200, 0],
          ['t', 'test.trigger'],
          ['done', 'test.step', 400, 200],
        ],
        ['t>loop', 'loop.loop>body', 'body>loop.back', 'loop.done>done'],
      ),
    ).toBe('t loop done body');
  });

  it('has sections and notes after the steps, counted with those of the top level', () => {
    const note = {
      id: 'note1',
      kind: 'note' as const,
      position: [0, 0] as [number, number],
      size: [240, 160] as [number, number],
      text: '# Ask first',
      color: 'yellow',
    };
    const document = {
      ...testDocument(
        [
          ['t', 'test.trigger'],
          ['a', 'test.step'],
        ],
        ['t>a'],
      ),
      annotations: [note],
    };
    const rows = outlineOf(document, testCatalog);
    expect(rows.map(({ nodeId, position, size }) => `${nodeId} ${position}/${size}`)).toEqual(['t 1/3', 'a 2/3', 'note1 3/3']);
    expect(rows.map(({ annotation }) => annotation?.title ?? null)).toEqual([null, null, 'Ask first']);
  });

  it('has a thousand steps once each', () => {
    const nodes = Array.from({ length: 1000 }, (_, at): TestNode => [`n${at}`, at === 0 ? 'test.trigger' : 'test.step', at, 0]);
    const edges = nodes.slice(1).map((_, at) => `n${at}>n${at + 1}`);
    const rows = outlineOf(testDocument(nodes, edges), testCatalog);
    expect(rows.map((row) => row.nodeId)).toEqual(nodes.map(([id]) => id));
  });
});
