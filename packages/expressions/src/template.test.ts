import { describe, expect, it } from 'vitest';
import { compileTemplate, createScope, isExpression, type ExpressionScope } from './index.ts';

const item = { name: 'Ann', age: 41, tags: ['a', 'b'], address: { city: 'Bonn', zip: null }, price: 9.5, 'first name': 'A', active: true };
const lead = {
  name: 'Lead',
  item: () => ({ json: { email: 'l@b.io' } }),
  first: () => ({ json: { n: 1 } }),
  last: () => ({ json: { n: 2 } }),
  all: () => [{ json: { n: 1 } }, { json: { n: 2 } }],
};
const scope: ExpressionScope = createScope({
  items: [{ json: item }, { json: { name: 'Bob' } }],
  nowMs: Date.UTC(2026, 10, 21, 9, 30),
  timezone: 'Europe/Berlin',
  node: (id) => (id === 'lead' ? lead : undefined),
  nodeNames: ['lead'],
  run: { id: 'run_1', mode: 'manual' },
  workflow: { id: 'wf_1', name: 'Intake' },
  vars: { region: 'eu' },
  env: { STAGE: 'test' },
});
const value = (source: string): unknown => compileTemplate(source).evaluate(scope);
const code = (expression: string): unknown => value(`{{ ${expression} }}`);

describe('a template', () => {
  it('is an expression only when it contains two braces', () => {
    expect([isExpression('{{ 1 }}'), isExpression('={ 1 }'), isExpression(1)]).toEqual([true, false, false]);
  });
  it.each<[string, unknown]>([
    ['{{ $json.age }}', 41],
    ['{{ $json.tags }}', ['a', 'b']],
    [' {{ $json.age }}', ' 41'],
    ['{{ null }}', null],
    ['{{ undefined }}', null],
    ['a{{ null }}b{{ undefined }}c', 'abc'],
    ['{{ 0 }}{{ false }}', '0false'],
    ['x {{ $json.tags }}', 'x ["a","b"]'],
    ['x {{ $json.address }}', 'x {"city":"Bonn","zip":null}'],
    ['at {{ $now }}', 'at 2026-11-21T10:30:00.000+01:00'],
    ["{{ '{{' }} literal {{ '}}' }}", '{{ literal }}'],
    ['{{ { a: { b: 1 } } }}', { a: { b: 1 } }],
    ['{{ {a:{b:1}}}}', { a: { b: 1 } }],
    ['{{ $json.age; }}', 41],
    ['{{ $json.age /* years */ }}', 41],
    ['no expression', 'no expression'],
    ['{{ NaN }}', null],
    ['{{ [NaN, undefined, $today] }}', [null, null, '2026-11-21T00:00:00.000+01:00']],
    ['{{ ({ a: undefined, b: 1 }) }}', { b: 1 }],
  ])('%s gives its value', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });
  it('returns data of the scope without copying it', () => {
    expect(value('{{ $json }}')).toBe(item);
  });
});

describe('the language', () => {
  it.each<[string, unknown]>([
    ["$json['first name']", 'A'],
    ['$json.tags[1]', 'b'],
    ["$json['ta' + 'gs'][0]", 'a'],
    ['$json.name.length', 3],
    ['1 + 2 * 3 ** 2 % 5', 4],
    ["'a' + 1 + true + null", 'a1truenull'],
    ['typeof $json.name + typeof 1 + typeof $json.nope', 'stringnumberundefined'],
    ['!$json.active || $json.age > 40 && $json.age <= 41', true],
    ["'name' in $json", true],
    ["'constructor' in $json", false],
    ['$json.active ? 1 : 2', 1],
    ['`${$json.name} is ${$json.age}`', 'Ann is 41'],
    ['[...$json.tags, 1]', ['a', 'b', 1]],
    ['({ ...$json.address, [$json.name]: 1 })', { city: 'Bonn', zip: null, Ann: 1 }],
    ['Math.max(...[1, 3, 2])', 3],
    ['[1, 2, 3].filter(x => x > 1).map((x, i) => x * 10 + i)', [20, 31]],
    ["Object.entries($json.address).map(([key, value]) => key + '=' + (value ?? '-'))", ['city=Bonn', 'zip=-']],
    ['[{ a: 1, b: 2 }].map(({ a, ...rest }) => ({ a, rest }))', [{ a: 1, rest: { b: 2 } }]],
    ['((a, b = 2, ...c) => [a, b, c])(1, undefined, 3, 4)', [1, 2, [3, 4]]],
    ['(() => { const x = 2; if (x > 1) { const y = x * 2; return y; } return 0; })()', 4],
    ['(function (x) { return x + 1 })(1)', 2],
    ['(x => y => x + y)(1)(2)', 3],
    ["['1', '2', '3'].map(Number)", [1, 2, 3]],
    ["[0, 1, '', 'a'].filter(Boolean)", [1, 'a']],
    ['[1.4, 2.6].map(Math.round)', [1, 3]],
    ['$json.name.replace(/n+/g, m => m.toUpperCase())', 'ANN'],
    ["'2026-11-21'.match(/(?<y>\\d{4})-(\\d\\d)/)", ['2026-11', '2026', '11']],
    ["'John Smith'.replace(/(\\w+) (?<last>\\w+)/, '$<last> $1 $$')", 'Smith John $'],
    ["'a1b22'.split(/\\d+/)", ['a', 'b', '']],
    ['-$json.age + +"1" + ~0', -41],
    ["1 == '1' && null == undefined && 1 !== '1'", true],
    ['new Date(0).getTime()', 0],
    ["new Date('2026-01-02T03:04:05Z').toISOString()", '2026-01-02T03:04:05.000Z'],
    ["new RegExp('^a+$', 'i').test('AA')", true],
  ])('%s', (expression, expected) => {
    expect(code(expression)).toEqual(expected);
  });
});

describe('the roots', () => {
  it.each<[string, unknown]>([
    ['$item.json.age', 41],
    ['$items.length', 2],
    ['$items[1].json.name', 'Bob'],
    ['$input.first().json.name', 'Ann'],
    ['$input.last().json.name', 'Bob'],
    ['$input.all().map(i => i.json.name)', ['Ann', 'Bob']],
    ['$input.item.json.name', 'Ann'],
    ["$('lead').item.json.email", 'l@b.io'],
    ["$('lead').json.email", 'l@b.io'],
    ["$('lead').first().json.n", 1],
    ["$('lead').last().json.n", 2],
    ["$('lead').all().length", 2],
    ["$('lead').isExecuted", true],
    ["$node['lead'].json.email", 'l@b.io'],
    ['$node.lead.name', 'Lead'],
    ['$run.id + $workflow.name', 'run_1Intake'],
    ['$vars.region + $env.STAGE', 'eutest'],
    ['[$itemIndex, $runIndex]', [0, 0]],
    ["$now.toFormat('yyyy-MM-dd HH:mm')", '2026-11-21 10:30'],
    ['$today.toISODate()', '2026-11-21'],
    ["$now.plus({ days: 1 }).minus(2, 'hours').toFormat('dd HH')", '22 08'],
    ["$now.setZone('America/New_York').hour", 4],
    ["$now.diff($today, 'hours').hours", 10.5],
    ['$now.weekday', 6],
    ['Date.now()', Date.UTC(2026, 10, 21, 9, 30)],
    ["DateTime.fromISO('2026-11-21T08:00').toISO()", '2026-11-21T08:00:00.000+01:00'],
    ["DateTime.fromFormat('21.11.2026', 'dd.MM.yyyy').toISODate()", '2026-11-21'],
    ["DateTime.fromISO('10:00').toISODate()", '2026-11-21'],
    ["'2026-11-21'.toDateTime() < $now", true],
    ["$now.setLocale('de').toFormat('MMMM')", 'November'],
  ])('%s', (expression, expected) => {
    expect(code(expression)).toEqual(expected);
  });
  it('gives chance only where the scope has it', () => {
    expect(() => code('Math.random()')).toThrow(expect.objectContaining({ code: 'expression_denied' }));
    expect(compileTemplate('{{ Math.random() }}').evaluate({ ...scope, random: () => 0.25 })).toBe(0.25);
  });
});
