import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testCatalog, testDocument } from '../testing.ts';
import { refuseEdge } from './check-edge.ts';
import { reachable } from './graph-queries.ts';

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
});
