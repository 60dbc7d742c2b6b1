import { describe, expect, it } from 'vitest';
import { compileTemplate, createScope, evaluateParameters, ExpressionError } from './index.ts';

const scope = createScope({
  items: [{ json: { email: 'a@b.io', user: { name: 'Ann', nothing: null }, list: [1] } }],
  nowMs: 0,
  nodeNames: ['lead_intake'],
  node: () => undefined,
});
const value = (source: string): unknown => compileTemplate(source).evaluate(scope);
const error = (source: string): ExpressionError => {
  try {
    value(source);
  } catch (thrown) {
    if (thrown instanceof ExpressionError) return thrown;
    throw thrown;
  }
  throw new Error(`no error from ${source}`);
};

const defaults: readonly (readonly [string, unknown])[] = [
  ["{{ $json.a ?? 'x' }}", 'x'],
  ["{{ $json.a.b.c ?? 'x' }}", 'x'],
  ["{{ $json.a.trim() ?? 'x' }}", 'x'],
  ["{{ ($json.a || $json.b) ?? 'x' }}", 'x'],
  ["{{ $json.a ?? $json.b ?? 'x' }}", 'x'],
  ["{{ $json.user.nothing ?? 'x' }}", 'x'],
  ["{{ $json['a']?.['b'] ?? 'x' }}", 'x'],
  ['{{ $json.a?.b }}', null],
  ['{{ $json?.a }}', null],
  ['{{ $json.a?.b.c.d }}', null],
  ['{{ $json.a?.trim().length }}', null],
  ['{{ $json.user?.name.trim() }}', 'Ann'],
  ['{{ $json.list?.[7] }}', null],
  ['{{ $json.a?.b === undefined }}', true],
  ["{{ typeof $json.a === 'undefined' }}", true],
  ['{{ [{ a: 1 }, {}].map(x => x.a ?? 0) }}', [1, 0]],
];

describe('a missing path', () => {
  it('names the key, the place, the item and what was meant', () => {
    const found = error('Hi {{ $json.emial }}');
    expect(found).toMatchObject({
      code: 'expression_missing_key',
      kind: 'unprocessable',
      missingKey: 'emial',
      suggestion: 'email',
      start: 6,
      end: 17,
      itemIndex: 0,
      retry: 'never',
    });
    expect(found.hint).toBe("`emial` is not in the item; did you mean `email`? Use `?? ''` for a default.");
  });
  it.each<[string, string]>([
    ['{{ $json.user.nmae }}', 'name'],
    ['{{ $json.user.name.lenght }}', 'length'],
    ["{{ $('lead_intaek').json }}", 'lead_intake'],
    ['{{ $jsn.email }}', '$json'],
    ['{{ $json.email.toUppercase() }}', 'toUpperCase'],
    ['{{ Math.rond(1) }}', 'round'],
    ['{{ $json.email.trim }}', 'trim()'],
  ])('%s proposes %s', (source, suggestion) => {
    expect(error(source).suggestion).toBe(suggestion);
  });
  it.each([
    '{{ $json.a }}',
    '{{ $json.a || 1 }}',
    '{{ $json.a === undefined }}',
    '{{ $json.a ? 1 : 2 }}',
    '{{ $json.list[5] }}',
    '{{ $json.user.nothing.x }}',
    '{{ $json.user.nothing.trim() }}',
    '{{ [{}].map(x => x.a) }}',
  ])('%s is an error', (source) => {
    expect(error(source).code).toBe('expression_missing_key');
  });
  it.each(defaults)('%s has a default', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });
  it('does not hide other errors behind a default', () => {
    expect(error("{{ $json.email.nope() ?? 'x' }}").code).toBe('expression_type');
    expect(error("{{ Number($json.a) ?? 'x' }}").code).toBe('expression_missing_key');
  });
});

describe('a wrong type', () => {
  it.each<[string, string]>([
    ['{{ $json.email.padStart() }}', '`padStart` takes a number first, and got nothing.'],
    ["{{ $json.list.map('x') }}", '`map` takes a function such as `x => x.name` first, and got text.'],
    ['{{ $json.list * 2 }}', 'Arithmetic needs numbers, and this is a list.'],
    ['{{ $json.list.trim() }}', '`$json.list` is a list, which has no function `trim`.'],
    ['{{ $now + 1 }}', "Use `.plus(1, 'day')` to move a date, or `.toFormat('yyyy-MM-dd')` to show it."],
    [
      "{{ 'abc'.toDateTime() }}",
      'This text is not a date. Use ISO form such as `2026-11-21T09:30:00Z`, or DateTime.fromFormat(text, format).',
    ],
    ['{{ $input }}', 'Say which data of $input you need, for example `.item.json`.'],
  ])('%s says what it takes', (source, hint) => {
    expect(error(source)).toMatchObject({ code: 'expression_type', hint });
  });
});

describe('bad input names field and item, and the process lives', () => {
  const scopes = createScope({ items: [{ json: {} }, { json: { text: 'abc' } }], itemIndex: 1, nowMs: 0 });
  it.each<[string, string, RegExp]>([
    ['{{ (() => { for (;;) {} })() }}', 'expression_limit', /fuel used up/],
    ['{{ "x".repeat(2 ** 30) }}', 'expression_limit', /text of \d+ characters/],
    ['{{ Array.from({ length: 1e7 }) }}', 'expression_limit', /list of \d+ items/],
    ['{{ new RegExp("a".repeat(5000)) }}', 'expression_limit', /regular expression too large/],
    ['{{ new RegExp("(a{1000}){1000}").test("a") }}', 'expression_limit', /regular expression too large/],
    ['{{ new RegExp("(?=a)").test("a") }}', 'expression_syntax', /regular expression/],
    ['{{ Array.from({ length: 1000 }).map(() => $now.toRelative()) }}', 'expression_limit', /fuel used up/],
    ['{{ (() => { for (;;) { try { throw 1 } catch {} } })() }}', 'expression_limit', /fuel used up/],
    ['{{ $json.text.padStart({}) }}', 'expression_type', /argument 1 is an object/],
    ['{{ $json.txt }}', 'expression_missing_key', /txt/],
    ['{{ $jsn }}', 'expression_denied', /unknown name/],
    ['{{ (1 }}', 'expression_syntax', /Unexpected/],
  ])('%s', (source, code, message) => {
    const thrown = ((): unknown => {
      try {
        return evaluateParameters({ body: { list: [{ value: source }] } }, scopes);
      } catch (caught) {
        return caught;
      }
    })();
    expect(thrown).toBeInstanceOf(ExpressionError);
    expect(thrown).toMatchObject({ code, field: 'body.list[0].value', itemIndex: 1, hint: expect.any(String), start: expect.any(Number) });
    expect((thrown as ExpressionError).message).toMatch(message);
  });
  it('while what people do with a thousand dates is within the bounds', () => {
    expect(value("{{ Array.from({ length: 1000 }).map((_, day) => $now.plus(day, 'days').toFormat('yyyy-MM-dd')).length }}")).toBe(1000);
  });
});

describe('a syntax error', () => {
  it.each<[string, number]>([
    ['a {{ $json.a', 2],
    ['{{ }}', 0],
    ['{{ 1 2 }}', 5],
    ['{{ $json. }}', 10],
    ['{{ (1 }}', 6],
    ['{{ 1 }} {{ ) }}', 11],
  ])('%s has its position', (source, start) => {
    expect(error(source)).toMatchObject({ code: 'expression_syntax', start });
  });
  it.each([
    '{{ a = 1 }}',
    '{{ this }}',
    '{{ new WeakMap() }}',
    '{{ (() => { label: for (;;) { break label } })() }}',
    '{{ (() => { const a = 1; a = 2 })() }}',
    '{{ 10n }}',
    '{{ [,1] }}',
    '{{ $($json.x) }}',
    '{{ $node[$json.x] }}',
    '{{ x`1` }}',
    '{{ async () => 1 }}',
    '{{ $json.a++ }}',
    '{{ $json.a.b = 1 }}',
    '{{ delete $json.a }}',
    '{{ ({ get a() { return 1 } }) }}',
    '{{ 1, 2 }}',
  ])('%s is refused by name', (source) => {
    expect(error(source)).toMatchObject({ code: 'expression_denied', start: expect.any(Number), hint: expect.any(String) });
  });
});
