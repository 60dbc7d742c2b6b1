import { describe, expect, it } from 'vitest';
import { analyzeProgram } from './analyze-program.ts';

describe('the nodes that a program reads', () => {
  it.each([
    ["return $('a').all()", ['a']],
    ['const x = $(`a`).first(); return $node["b"].json + $node.c.json', ['a', 'b', 'c']],
    ["return $items('a').length + $items.length", ['a']],
    ["for await (const x of []) { if (x) return [() => $('deep').item] }", ['deep']],
    ['return { $: 1, a: x.$ }', []],
    ['return $input.all().map(({ json }) => ({ json }))', []],
  ])('%s', (source, refs) => {
    const { nodeRefs, readsAny, fault } = analyzeProgram(source);
    expect({ refs: nodeRefs.toSorted(), readsAny, fault }).toEqual({ refs: refs.toSorted(), readsAny: false, fault: undefined });
  });

  it.each(['return $(name).all()', "const get = $; return get('a')", 'return $node[name]', '$items(name)', 'return [$]', '({ $ })'])(
    'may be any in %s',
    (source) => {
      expect(analyzeProgram(source).readsAny).toBe(true);
    },
  );
});

describe('a program that cannot be read', () => {
  it.each([
    ['const a = 1;\nreturn a +;', 2, 11],
    ['if (', 1, 5],
    ['return "a\n"', 1, 8],
  ])('%j says where', (source, line, column) => {
    expect(analyzeProgram(source).fault).toMatchObject({ line, column });
  });

  it('is not one for the depth of it alone, and never throws', () => {
    expect(analyzeProgram('['.repeat(50_000)).fault).toBeDefined();
    expect(analyzeProgram(`return ${Array.from({ length: 20_000 }, (_, i) => i).join('+')}`).nodeRefs).toEqual([]);
  });
});
