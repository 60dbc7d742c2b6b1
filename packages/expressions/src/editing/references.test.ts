import { describe, expect, it } from 'vitest';
import { analyzeParameters } from '../index.ts';
import { references } from './references.ts';

const short = (source: string) =>
  references(source).map(({ of, node, keys, isData, isList, items }) =>
    [
      of,
      node?.name,
      ...keys.map(({ name, isOptional }) => name + (isOptional ? '?' : '')),
      ...(isData ? [] : [isList ? '(list)' : '(view)']),
      ...(items === 'others' ? ['(others)'] : []),
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );

describe('references', () => {
  it.each<[string, readonly string[]]>([
    ["Hi {{ $json.user.name.trim() }} {{ $('lead').item.json['first name'] }}", ['input user name', 'node lead first name']],
    ['{{ $item.json.a }} {{ $input.item.json.b }} {{ $input.first().json.c }}', ['input a', 'input b', 'input c (others)']],
    ["{{ $('a').json.x }} {{ $node['b'].json.y }} {{ $node.c.json }}", ['node a x', 'node b y', 'node c']],
    ["{{ $('a').all().map(x => x.json.y) }}", ['node a (list) (others)']],
    ["{{ $('a').all()[2].json.y }} {{ $items[0].json.z }}", ['node a y (others)', 'input z (others)']],
    ["{{ $('a').isExecuted }}", ['node a (view)']],
    ['{{ $json.a[$json.i].b }}', ['input a', 'input i']],
    ["{{ $json.a?.b.c ?? $vars.d }} {{ typeof $env['E'] }}", ['input a? b? c?', 'vars d', 'env E?']],
    ['{{ $json.a?.b.c }}', ['input a? b? c']],
    ['{{ ($json.a).b }} {{ ($json?.a).b }}', ['input a b', 'input a? b']],
    ['{{ [1].map($json => $json.a) }} {{ (() => { const $vars = 1; return $vars.x })() }}', []],
    ['{{ (() => { for (const $json of [1]) { try { $json.a } catch ($vars) { return $vars.b } } return $item.json.c })() }}', ['input c']],
    ['{{ ({ $json, a: $json.b, [$json.c]: 1 }) }}', ['input', 'input b', 'input c']],
    ['{{ $vars }} {{ $vars[$json.k] }}', ['vars', 'vars', 'input k']],
    ['{{ `${$json.a}` }} no {{ "$json.b" }}', ['input a']],
  ])('%s', (source, expected) => {
    expect(short(source)).toEqual(expected);
  });

  it('stand where the text has them', () => {
    const source = "é {{ 1 + $('lead') . item.json [ 'first name' ] . x }}";
    const [found] = references(source);
    const key = found?.keys[0];
    expect(source.slice(found?.start, found?.end)).toBe("$('lead') . item.json [ 'first name' ] . x");
    expect(source.slice(found?.node?.start, found?.node?.end)).toBe("'lead'");
    expect(source.slice(key?.start, key?.end)).toBe(" [ 'first name' ]");
    expect(source.slice(key?.nameStart, key?.nameEnd)).toBe("'first name'");
  });

  it('nested too deeply are refused, not walked for ever', () => {
    for (const source of [`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, `{{ 1${' + 1'.repeat(4000)} }}`, `{{ f${'.a'.repeat(7000)} }}`])
      expect(() => references(source)).toThrow(expect.objectContaining({ code: 'expression_syntax' }));
  });
});

describe('what parameters read', () => {
  it('is told by field: paths per node, variables and environment names with their place', () => {
    const found = analyzeParameters({
      url: "{{ $vars.base }}/{{ $('lead').item.json.user.id }}/{{ $('lead').item.json.user }}",
      body: [{ value: "{{ $json.a + ($env.REGION ?? '') }}" }],
    });
    expect(found.reads).toEqual([
      { path: 'url', of: 'vars', paths: [['base']] },
      { path: 'url', of: 'node', node: 'lead', paths: [['user']] },
      { path: 'body[0].value', of: 'input', paths: [['a']] },
      { path: 'body[0].value', of: 'env', paths: [['REGION']] },
    ]);
    expect(found.vars).toMatchObject([{ path: 'url', name: 'base', isOptional: false }]);
    expect(found.env).toMatchObject([{ path: 'body[0].value', name: 'REGION', isOptional: true }]);
  });
});
