import { describe, expect, it } from 'vitest';
import { compile } from '../../compile.ts';
import { documentOf, testCatalog } from '../testing.ts';

/** A Code step behind two others and beside a third. */
function compiled(source: string, language = 'javascript') {
  const nodes = {
    t: 'core.manual',
    a: 'test.any',
    b: 'test.any',
    beside: 'test.any',
    c: { type: 'test.code', parameters: { language, source } },
  };
  return compile(documentOf(nodes, ['t>a', 'a>b', 'b>c', 't>beside']), testCatalog);
}

function refs(source: string, language?: string): readonly string[] | undefined {
  return compiled(source, language).plan?.skeleton.nodes.find((node) => node.id === 'c')?.refs;
}

describe('what a program reads is kept for it:', () => {
  it.each<[string, string, readonly string[]]>([
    ['javascript', "return $('a').all()", ['a']],
    ['javascript', 'return $input.all()', []],
    ['javascript', "// `{{` is nothing here: {{ $('b') }}\nreturn '{{ $json }}'", []],
    ['typescript', "const all: unknown[] = $('beside').all();\nreturn all as never", ['beside']],
    ['typescript', "import { z } from 'zod';\nconst all: unknown = $('b').all();\nreturn z.parse(all)", ['b']],
    ['javascript', "import { z } from 'zod';\nreturn z.parse($('b').all())", ['b']],
    ['python', "rows = _('b').all()\nreturn [row for row in rows]", ['b']],
  ])('%s %s', (language, source, expected) => {
    expect(refs(source, language)).toEqual(expected);
  });

  it.each([
    ['javascript', 'return $(name).all()'],
    ['typescript', 'const name: string = "a"; return $(name).all()'],
    ['python', 'return _(name).all()'],
  ])('everything before it where %s says %s', (language, source) => {
    expect(refs(source, language)).toEqual(['a', 'b', 't']);
  });
});

describe('publishing refuses a program', () => {
  it.each([
    ['javascript', 'const a = 1;\nreturn a +;', 2, 11],
    ['typescript', 'const a: number = 1;\nreturn a +;', 2, 11],
    ['typescript', 'const a: number = ;', 1, 19],
    ['typescript', '\nenum A { x }', 2, 1],
  ])('that cannot be read as %s, with line and column: %j', (language, source, line, column) => {
    expect(compiled(source, language).problems).toMatchObject([
      { code: 'code_syntax', level: 'error', nodeId: 'c', field: 'parameters.source', values: { field: 'source', line, column } },
    ]);
  });

  it('that names a step which does not exist, is empty, or too long', () => {
    const codes = (source: string): unknown => compiled(source).problems.map(({ code, field }) => `${code} ${field}`);
    expect(codes("return $('gone').all()")).toEqual(['expression_unknown_node parameters.source']);
    expect(codes('')).toEqual(['parameter_required parameters.source']);
    expect(codes(`return '${'{{'.repeat(600)}'`)).toEqual(['parameter_value parameters.source']);
  });
});
