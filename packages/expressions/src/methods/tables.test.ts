import { describe, expect, it } from 'vitest';
import { compileTemplate, createScope, describeFunctions } from '../index.ts';

const scope = createScope({
  items: [{ json: { email: 'a@b.io' } }],
  nowMs: Date.UTC(2026, 10, 21, 9, 30),
  timezone: 'Europe/Berlin',
  node: () => ({ name: 'Lead', item: () => ({ json: 1 }), first: () => undefined, last: () => undefined, all: () => [] }),
});
const code = (expression: string): unknown => compileTemplate(`{{ ${expression} }}`).evaluate(scope);

describe('the tables', () => {
  const entries = describeFunctions().filter((entry) => entry.name !== '$input');
  it.each(entries.map((entry) => [`${entry.type} ${entry.name}`, entry.example]))('the example of %s works: %s', (_name, example) => {
    expect(code(example)).toBeDefined();
  });
  it('name each entry once and describe it', () => {
    const names = entries.map((entry) => `${entry.type} ${entry.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(entries.filter((entry) => entry.doc === '' || entry.example === '')).toEqual([]);
  });
});

describe('functions of each type', () => {
  it.each<[string, unknown]>([
    ["'ann LEE'.toTitleCase()", 'Ann Lee'],
    ["'firstName last'.toSnakeCase()", 'first_name_last'],
    ["'mail <a.b@c-d.co.uk>!'.extractEmail()", 'a.b@c-d.co.uk'],
    ["'https://www.b.io/x'.extractDomain()", 'www.b.io'],
    ["'b.io/x'.extractDomain()", 'b.io'],
    ["'no'.extractEmail()", null],
    ["'a@b'.isEmail()", false],
    ["'a b&c'.urlEncode()", 'a%20b%26c'],
    ["'héé'.base64Encode().base64Decode()", 'héé'],
    ["'<p>a <b>c</b></p>'.removeTags()", 'a c'],
    ["'1,200'.replace(',', '').toNumber()", 1200],
    ['\'{"a":1}\'.parseJson().a', 1],
    ["'aXbX'.replaceAll('X', '$&')", 'a$&b$&'],
    ['(1.005).round(2)', 1.01],
    ['(1234.5).format(2)', '1,234.50'],
    ["(1234.5).format(2, 'de')", '1.234,50'],
    ['[3, 1, 2].sort()', [1, 2, 3]],
    ['[10, 9].sort()', [10, 9]],
    ['[1, [2, [3]]].flat(2)', [1, 2, 3]],
    ['[{ a: 1 }, { a: 1 }, 1, "1"].unique()', [{ a: 1 }, 1, '1']],
    ["[{ a: 1, b: 2 }].pluck('a', 'b')", [{ a: 1, b: 2 }]],
    ["['2', 3].sum()", 5],
    ['[1, 2, 3].average()', 2],
    ["[{ n: 'b' }, { n: 'a' }].sortBy('n').pluck('n')", ['a', 'b']],
    ['[1, 2, 3].groupBy(x => x % 2)', { 0: [2], 1: [1, 3] }],
    ['[1, 2, 3, 4, 5].chunk(2)', [[1, 2], [3, 4], [5]]],
    ['[].isEmpty() && null.isEmpty() && "".isEmpty() && ({}).isEmpty()', true],
    ["({ a: 1, b: 2 }).removeField('a')", { b: 2 }],
    ['({ a: 1 }).merge({ a: 2, b: 3 })', { a: 1, b: 3 }],
    ["Object.fromEntries([['a', 1]])", { a: 1 }],
    ['JSON.stringify({ a: [1, undefined], b: undefined })', '{"a":[1,null]}'],
    ['JSON.stringify([1], null, 1)', '[\n 1\n]'],
    ["$now.startOf('month').toISODate()", '2026-11-01'],
    ["$now.beginningOf('week').toISODate()", '2026-11-16'],
    ["$now.endOf('day').toFormat('HH:mm:ss')", '23:59:59'],
    ["$now.diffTo($now.plus(36, 'hours'))", 1.5],
    ["$now.format('dd.MM.yyyy')", '21.11.2026'],
    ['[$now.getMonth(), $now.getDate(), $now.getDay(), $now.getFullYear()]', [10, 21, 6, 2026]],
    ["$now.setZone('UTC+5:30').toFormat('HH:mm')", '15:00'],
    ['$now.set({ hour: 9 }).hour', 9],
    ['new Date(2026, 0, 31).toISODate()', '2026-01-31'],
    ['(1700000000).toDateTime("s").toMillis()', 1_700_000_000_000],
  ])('%s', (expression, expected) => {
    expect(code(expression)).toEqual(expected);
  });
});
