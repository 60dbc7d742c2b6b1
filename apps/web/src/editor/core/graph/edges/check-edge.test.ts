import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testCatalog, testDocument, type TestNode } from '../../testing.ts';
import { refuseEdge } from './check-edge.ts';
import { reachable } from '../graph-queries.ts';

const document = testDocument(
  [
    ['t', 'test.trigger'],
    ['b', 'test.branch'],
    ['s', 'test.step'],
    ['z', 'test.step'],
    ['x', 'not.installed'],
  ],
  ['t>b', 'b.true>s'],
);
const refuse = (from: string, to: string, output = 'main', input = 'main') =>
  refuseEdge(document, testCatalog, { from, output, to, input });

describe('an edge', () => {
  it.each([
    ['s', 's', 'self'],
    ['s', 't', 'noInput'],
    ['t', 'b', 'exists'],
    ['b', 's', 'unknownPort'],
    ['ghost', 's', 'gone'],
    ['s', 'b', 'loop'],
  ] as const)('from %s to %s is refused: %s', (from, to, code) => {
    expect(refuse(from, to)).toBe(code);
  });

  it('is allowed where nothing speaks against it, also to a type that is not installed', () => {
    expect(refuse('s', 'z')).toBeNull();
    expect(refuse('b', 's', 'false')).toBeNull();
    expect(refuse('s', 'x')).toBeNull();
  });

  it('never closes a loop, in whatever order edges are drawn', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const pair = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
        let drawn = testDocument(ids.map((id) => [id, 'test.step']));
        for (const [from, to] of pairs) {
          const edge = { from, output: 'main', to, input: 'main' };
          if (refuseEdge(drawn, testCatalog, edge) === null) drawn = { ...drawn, edges: [...drawn.edges, edge] };
        }
        for (const id of ids) expect(reachable(drawn, id, 'down')).not.toContain(id);
      }),
    );
  });

  const framed = testDocument(
    [
      ['t', 'test.trigger'],
      ['m', 'test.map', 0, 0],
      ['c', 'test.step', 0, 0, {}, 'm'],
      ['d', 'test.step', 0, 0, {}, 'm'],
      ['n', 'test.step'],
    ],
    ['t>m', 'm.each>c'],
  );
  const refuseFramed = (from: string, to: string, output = 'main', input = 'main') =>
    refuseEdge(framed, testCatalog, { from, output, to, input });

  it('never crosses a frame', () => {
    expect(refuseFramed('t', 'c')).toBe('otherFrame');
    expect(refuseFramed('c', 'n')).toBe('otherFrame');
    expect(refuseFramed('m', 'n', 'each')).toBe('otherFrame');
    expect(refuseFramed('c', 'm')).toBe('otherFrame');
    expect(refuseFramed('t', 'm', 'main', 'collect')).toBe('otherFrame');
  });
  it('joins steps inside a frame with each other and with the inner ports, without being a loop', () => {
    expect(refuseFramed('c', 'd')).toBeNull();
    expect(refuseFramed('c', 'm', 'main', 'collect')).toBeNull();
    expect(refuseFramed('m', 'd', 'each')).toBeNull();
    expect(refuseFramed('m', 'n')).toBeNull();
  });

  it('may lead back to a loop step, in whatever order its round is drawn, but not round it', () => {
    const nodes: readonly TestNode[] = [
      ['l', 'test.loop'],
      ['a', 'test.step'],
      ['b', 'test.step'],
      ['z', 'test.step'],
    ];
    const round = ['l.loop>a', 'a>b', 'b>l.back', 'l.done>z'];
    for (const [index] of round.entries()) {
      const turned = [...round.slice(index), ...round.slice(0, index)];
      let drawn = testDocument(nodes);
      for (const text of turned) {
        const [edge] = testDocument(nodes, [text]).edges;
        if (!edge) throw new Error(text);
        expect(refuseEdge(drawn, testCatalog, edge)).toBeNull();
        drawn = { ...drawn, edges: [...drawn.edges, edge] };
      }
      expect(refuseEdge(drawn, testCatalog, { from: 'z', output: 'main', to: 'l', input: 'main' })).toBe('loop');
      expect(refuseEdge(drawn, testCatalog, { from: 'b', output: 'main', to: 'a', input: 'main' })).toBe('loop');
    }
  });
});
