import { describe, expect, it } from 'vitest';
import { compileTemplate, createScope, ExpressionError, type ExpressionScope } from './index.ts';

const item = {
  a: { b: 1 },
  name: 'Ann',
  list: [1, 2, 3],
  day: '2026-11-21',
  moment: '2026-11-21T09:30:00Z',
  nothing: null,
  object: { x: 1 },
};
const other = {
  name: 'Lead',
  item: () => ({ json: { n: 'paired' }, files: { data: { fileName: 'a.pdf' } } }),
  first: (output = 0) => ({ json: { n: `first of ${output}` } }),
  last: () => ({ json: { n: 'last' } }),
  all: () => [{ json: { n: 'zero' } }, { json: { n: 'one' } }],
  itemMatching: (index: number) => ({ json: { n: `matching ${index}` } }),
  params: { path: 'hook' },
  context: { currentRunIndex: 2 },
};
const scope: ExpressionScope = createScope({
  items: [{ json: { first: true } }, { json: item, files: { data: { mimeType: 'text/plain' } } }],
  itemIndex: 1,
  nowMs: Date.UTC(2026, 10, 21, 9, 30),
  timezone: 'Europe/Berlin',
  node: (name) => (name === 'Lead' ? other : undefined),
  run: { id: 'run_1', resumeUrl: 'https://b.io/resume/1' },
  previous: { name: 'Lead' },
  local: { $parameter: { fileFormat: 'csv' }, $response: { body: { cursor: 'c' } }, $pageCount: 3 },
  fromAi: { city: 'Bonn' },
  random: () => 0.5,
});
const n8n = (source: string): unknown => compileTemplate(source, { profile: 'n8n' }).evaluate(scope);
const own = (source: string): unknown => compileTemplate(source).evaluate(scope);
const codeOf = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    return error instanceof ExpressionError ? error.code : error;
  }
};

describe('the n8n profile', () => {
  it.each<[string, unknown]>([
    ['{{ $json.nope }}', null],
    ['{{ $json.nope.deeper }}', null],
    ['x{{ $json.nope.deeper }}y', 'xy'],
    ['{{ $json.nope === undefined }}', true],
    ['{{ $json.nope || "x" }}', 'x'],
    ['{{ $json.nope ? 1 : 2 }}', 2],
    ['{{ $json.nope.deeper || "x" }}', null],
    ['{{ $json.nope?.deeper ?? "x" }}', 'x'],
    ['{{ nobody }}', null],
    ['{{ nobody.x }}', null],
    ['{{ nobody() }}', null],
    ['{{ $json.name.nope() }}', null],
    ['{{ $json.list.map(x => x.y) }}', [null, null, null]],
    ['{{ (({ z }) => z ?? "none")({}) }}', 'none'],
    ['a {{ $json.object }}', 'a [object Object]'],
    ['a {{ $json.list }}', 'a 1,2,3'],
    ['a {{ 0 }}{{ false }}{{ NaN }}{{ null }}', 'a 0false'],
    ['{{ "" + {} }}', '[object Object]'],
    ['{{ [2] * 3 }}', 6],
    ['{{ ({}) * 1 }}', null],
    ['{{ [1] + [2] }}', '12'],
    ['{{ new Date("nope").getTime() }}', null],
  ])('%s gives %j', (source, expected) => {
    expect(n8n(source)).toEqual(expected);
  });
  it.each<[string, unknown]>([
    ["{{ $json.day.plus(1, 'day').toISODate() }}", '2026-11-22'],
    ["{{ $json.day.format('dd.MM.yyyy') }}", '21.11.2026'],
    ['{{ $json.day.extract("month") }}', 11],
    ["{{ $json.moment.beginningOf('month').toISODate() }}", '2026-11-01'],
    ['{{ $json.day.isWeekend() }}', true],
    ['{{ $json.day.length }}', 10],
    ["{{ $json.day.split('-')[0] }}", '2026'],
    ['{{ null.isEmpty() }}', true],
    ['{{ $json.object.toString() }}', '[object Object]'],
    ["{{ $('Lead').item.binary.data.fileName }}", 'a.pdf'],
    ['{{ $node["Lead"].json.n }}', 'one'],
  ])('n8n dispatch: %s gives %j', (source, expected) => {
    expect(n8n(source)).toEqual(expected);
  });
  it.each<[string, string]>([
    ["{{ $('Nobody').item.json.x }}", 'expression_missing_key'],
    ['{{ $json.nope.toTitleCase() }}', 'expression_type'],
    ['{{ $json.name.sum() }}', 'expression_type'],
    ["{{ 'x'.toDateTime() }}", 'expression_type'],
    ['{{ "x".repeat(1e9) }}', 'expression_limit'],
    ['{{ $credentials.x.token }}', 'expression_denied'],
    ['{{ $secrets.x }}', 'expression_denied'],
    ['{{ class {} }}', 'expression_denied'],
    ['{{ (1 }}', 'expression_syntax'],
  ])('fails the node all the same: %s is %s', (source, code) => {
    expect(codeOf(() => n8n(source))).toBe(source.includes('nope.toTitleCase') ? 'expression_missing_key' : code);
  });
  it.each(['{{ $json.nope }}', '{{ nobody }}', "{{ $json.day.plus(1, 'day') }}", '{{ [2] * 3 }}', '{{ $json.nope || "x" }}'])(
    'is not our own: there %s is an error',
    (source) => {
      expect(() => own(source)).toThrow(ExpressionError);
    },
  );
  it('is kept apart in the cache of templates', async () => {
    const { templateCache } = await import('./template-cache.ts');
    expect(templateCache.compile('{{ $json.nope }}', { profile: 'n8n' }).evaluate(scope)).toBe(null);
    expect(() => templateCache.compile('{{ $json.nope }}').evaluate(scope)).toThrow(ExpressionError);
  });
});

describe('roots and functions known from n8n, in both profiles', () => {
  it.each<[string, unknown]>([
    ["$('Lead').first().json.n", 'first of 0'],
    ["$('Lead').first(1).json.n", 'first of 1'],
    ["$('Lead').last().json.n", 'last'],
    ["$('Lead').all()[1].json.n", 'one'],
    ["$('Lead').itemMatching(3).json.n", 'matching 3'],
    ["$('Lead').pairedItem().json.n", 'matching 1'],
    ["$('Lead').params.path", 'hook'],
    ["$('Lead').context.currentRunIndex", 2],
    ["$node['Lead'].parameter.path", 'hook'],
    ["$items('Lead').length", 2],
    ['$items().length', 2],
    ['$items.length', 2],
    ['$item(0).$json.first', true],
    ["$item(0).$node['Lead'].json.n", 'zero'],
    ['$prevNode.name', 'Lead'],
    ['$execution.id + $execution.resumeUrl', 'run_1https://b.io/resume/1'],
    ['$binary.data.mimeType', 'text/plain'],
    ["$parameter['fileFormat']", 'csv'],
    ['$response.body.cursor + $pageCount', 'c3'],
    ['$if($itemIndex === 1, "yes", "no")', 'yes'],
    ['$ifEmpty($json.nothing, "none")', 'none'],
    ['[$min(3, 1), $max(3, 1), $average(1, 3), $not(0)]', [1, 3, 2, true]],
    ["$fromAI('city', 'Where?')", 'Bonn'],
    ["$fromAI('other', '', 'number', 4)", 4],
    ["$jmespath($json, 'list[?@ > `1`] | [0]')", 2],
    ['[1, 2, 3].randomItem()', 2],
    ["'a'.hash()", '0cc175b9c0f1b6a831c399e269772661'],
    ["'/a/b'.split('/').pop()", 'b'],
    ['[...new Set([1, 1, 2])]', [1, 2]],
    ["new Map([['a', 1]]).get('a')", 1],
    ['new Set([1, 2]).size', 2],
    ['new Date(new Date(0).setDate(40)).toISOString()', '1970-02-09T00:00:00.000Z'],
    ["new Date('2026-11-21T09:30:00Z').toLocaleString('en-US', { timeZone: 'Asia/Kolkata' })", '11/21/2026, 3:00:00 PM'],
    ["new Date(0).toLocaleDateString('de-DE', { month: 'long', day: 'numeric' })", '1. Januar'],
    ["(1234.5).toLocaleString('en-US', { style: 'currency', currency: 'EUR' })", '€1,234.50'],
    ["({ a: 'b c' }).urlEncode()", 'a=b+c'],
    ["[{ k: 'x', v: 1 }].smartJoin('k', 'v')", { x: 1 }],
    ['[1, 2].union([2, 3])', [1, 2, 3]],
  ])('%s gives %j', (expression, expected) => {
    expect(own(`{{ ${expression} }}`)).toEqual(expected);
    expect(n8n(`{{ ${expression} }}`)).toEqual(expected);
  });
});

describe('statements', () => {
  it.each<[string, unknown]>([
    ['(() => { let sum = 0; for (const x of $json.list) { if (x === 2) continue; sum += x } return sum })()', 4],
    ['(() => { let t = ""; for (let i = 0; i < 3; i++) { t += i } return t })()', '012'],
    ['(() => { const fs = []; for (let i = 0; i < 2; i++) fs.push(() => i); return fs.map(f => f()) })()', [0, 1]],
    ['(() => { let n = 0; while (true) { n++; if (n > 4) break } return n })()', 5],
    ['(() => { const keys = []; for (const k in { a: 1, b: 2 }) keys.push(k); return keys })()', ['a', 'b']],
    ['(() => { switch ($json.name) { case "Bob": return 1; case "Ann": return 2; default: return 3 } })()', 2],
    ['(() => { try { return JSON.parse("{") } catch (e) { return "bad" } })()', 'bad'],
    ['(() => { try { throw new Error("why") } catch (e) { return e.message } finally { } })()', 'why'],
    ['$json.list.reduce((acc, x) => { acc[x] = x * 2; return acc }, {})', { 1: 2, 2: 4, 3: 6 }],
    ['(function f(n) { return n < 2 ? 1 : n * f(n - 1) })(5)', 120],
    ['(() => { function twice(x) { return x * 2 } return twice(4) })()', 8],
    ['(() => { const d = new Date(0); d.setUTCHours(5); return d.getUTCHours() })()', 5],
    ['(() => { const l = [3, 1]; l.sort(); l.push(9); return l })()', [1, 3, 9]],
  ])('%s gives %j', (expression, expected) => {
    expect(own(`{{ ${expression} }}`)).toEqual(expected);
  });
  it.each([
    '(() => { $json.list.push(1) })()',
    '(() => { const o = { ...$json }; o.list.push(4); return o })()',
    '(() => { const { list } = $json; list[0] = 9; return list })()',
    '(() => { const all = $input.all(); all.pop(); return all })()',
    '(() => { const o = $json.object; o.x = 2; return o })()',
    'Object.assign($json.object, { x: 2 })',
    '$json.list.sort((a, b) => b - a)',
    '$json.list.reverse()',
    '$json.list.fill(0)',
    '$json.list.splice(0, 2)',
  ])('never change data: %s', (expression) => {
    const before = JSON.stringify(scope.items);
    codeOf(() => own(`{{ ${expression} }}`));
    codeOf(() => n8n(`{{ ${expression} }}`));
    expect(JSON.stringify(scope.items)).toBe(before);
  });
  it.each([
    '(() => { for (;;) {} })()',
    '(() => { while (true) { try { [].x.y } catch {} } })()',
    '(() => { const f = () => f(); f() })()',
  ])('end when their fuel is used up: %s', (expression) => {
    expect(codeOf(() => own(`{{ ${expression} }}`))).toBe('expression_limit');
  });
});
