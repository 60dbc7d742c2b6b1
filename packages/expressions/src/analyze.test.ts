import { describe, expect, it } from 'vitest';
import { analyze, analyzeParameters, createScope, evaluateParameters, ExpressionError } from './index.ts';

describe('analysis', () => {
  it('finds nodes, roots and fields without running', () => {
    expect(
      analyze("Hi {{ $json.user.name.trim() }} {{ $('lead').item.json.x + $node['score'].json.y + $json?.tags[0] }} {{ $now }}"),
    ).toEqual({
      roots: ['$json', '$', '$node', '$now'],
      nodeRefs: ['lead', 'score'],
      usesItem: true,
      usesAllItems: false,
      fields: [
        ['user', 'name'],
        ['tags', '0'],
      ],
    });
  });
  it.each<[string, boolean, boolean]>([
    ['{{ 1 }}', false, false],
    ['{{ $now }}', false, false],
    ['{{ $json.a }}', true, false],
    ['{{ $item.json.a }}', true, false],
    ['{{ $itemIndex }}', true, false],
    ["{{ $('a').item.json }}", true, false],
    ["{{ $('a').first().json }}", false, false],
    ['{{ $items.length }}', false, true],
    ['{{ $input.all().length }}', false, true],
    ['{{ $input.first().json.a }}', false, true],
    ['{{ $input.item.json.a }}', true, false],
  ])('%s depends on its item: %s, on all items: %s', (source, usesItem, usesAllItems) => {
    expect(analyze(source)).toMatchObject({ usesItem, usesAllItems });
  });
  it.each<[string, readonly string[], readonly string[]]>([
    ["{{ (() => { for (const x of $('a').all()) { if (x) return $('b').item } })() }}", ['$'], ['a', 'b']],
    ["{{ (() => { try { return $('a').item.json.x } catch { return $('b').first().json.x } })() }}", ['$'], ['a', 'b']],
    ["{{ (() => { let n = 0; while (n < $('a').all().length) n += $json.n; return n })() }}", ['$', '$json'], ['a']],
    ["{{ (() => { switch ($json.k) { case $('a').item.json.k: return $vars.x } })() }}", ['$json', '$vars', '$'], ['a']],
    ["{{ $items('a').length + $item(0).$node['b'].json.x }}", ['$items', '$node', '$item'], ['a', 'b']],
    ["{{ new Set($('a').all()).size + `${$('b').item.json.x}` }}", ['$'], ['a', 'b']],
    ["{{ $jmespath($('a').all(), '[].json') }}", ['$'], ['a']],
    ["{{ (function f(n) { return n > 0 ? f(n - 1) : $('a').item.json })(3) }}", ['$'], ['a']],
  ])('sees through new syntax: %s', (source, roots, nodeRefs) => {
    expect(analyze(source)).toMatchObject({ roots, nodeRefs });
  });
  it.each<[string, number, number]>([
    ['{{ (() => { for (const x of nobody) {} })() }}', 28, 34],
    ['a {{ (() => { const x = 1; x = 2 })() }}', 27, 32],
    ['{{ new Nobody() }}', 3, 15],
    ['{{ (() => { label: for (;;) {} })() }}', 12, 30],
  ])('a problem in new syntax has its position: %s', (source, start, end) => {
    expect(analyzeParameters({ a: source }).problems).toMatchObject([{ path: 'a', start, end }]);
  });
  it('in the n8n profile unknown names are no problem, syntax is', () => {
    expect(analyzeParameters({ a: '{{ nobody.x }}' }, { profile: 'n8n' }).problems).toEqual([]);
    expect(analyzeParameters({ a: '{{ (1 }}' }, { profile: 'n8n' }).problems).toHaveLength(1);
  });
  it('counts a computed key as the whole item', () => {
    expect(analyze('{{ $json[$vars.k] }}')).toMatchObject({ fields: [[]], roots: ['$json', '$vars'] });
    expect(analyze('{{ $item.json.a.b }}')).toMatchObject({ fields: [['a', 'b']], roots: ['$item'] });
  });
  it('lists every problem of parameters with field and position', () => {
    const found = analyzeParameters({
      url: "https://x/{{ $('lead').item.json.id }}",
      headers: [{ value: '{{ $jsn.a }}' }, { value: '{{ 1' }],
      plain: 'x',
    });
    expect(found.refs).toEqual(['lead']);
    expect(found.problems).toMatchObject([
      { path: 'headers[0].value', code: 'expression_denied', suggestion: '$json', start: 3, end: 7 },
      { path: 'headers[1].value', code: 'expression_syntax', start: 0, end: 1 },
    ]);
  });
});

describe('parameters', () => {
  const scope = createScope({ items: [{ json: { a: 1 } }, { json: {} }], nowMs: 0 });
  it('are evaluated deeply, keeping types; what holds no expression stays the same object', () => {
    const parameters = { fixed: { x: ['y'] }, deep: [{ value: '{{ $json.a }}' }], text: 'n={{ $json.a }}' };
    const value = evaluateParameters(parameters, scope);
    expect(value).toEqual({ fixed: { x: ['y'] }, deep: [{ value: 1 }], text: 'n=1' });
    expect(evaluateParameters(parameters.fixed, scope)).toBe(parameters.fixed);
  });
  it('name field and item in an error', () => {
    const failing = createScope({ items: [{ json: { a: 1 } }, { json: { b: 1 } }], itemIndex: 1, nowMs: 0 });
    expect(() => evaluateParameters({ list: [{ value: '{{ $json.a }}' }] }, failing, { path: 'body' })).toThrow(
      expect.objectContaining({ field: 'body.list[0].value', itemIndex: 1, code: 'expression_missing_key', missingKey: 'a' }),
    );
  });
  it('nested too deeply are refused', () => {
    let value: unknown = '{{ 1 }}';
    for (let depth = 0; depth < 5000; depth += 1) value = [value];
    expect(() => evaluateParameters(value as never, scope)).toThrow(ExpressionError);
    expect(analyzeParameters(value as never).problems).toHaveLength(1);
  });
});
