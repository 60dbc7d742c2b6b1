import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, type Surroundings } from './diagnose.ts';
import { applyEdits } from './key-text.ts';
import { inferShape } from './shape.ts';

const around: Surroundings = {
  input: inferShape([
    { email: 'a@b.io', user: { name: 'Ann' }, tags: ['x'] },
    { email: 'b@b.io', user: { name: 'Bo' }, 'first name': 'Bo' },
  ]),
  node: (id) => (id === 'lead_1' ? inferShape([{ score: 1 }]) : undefined),
  nodes: [{ id: 'lead_1', name: 'Lead' }],
  vars: ['apiBase', 'region'],
  env: ['REGION'],
};

describe('diagnostics', () => {
  it.each<[string, string, string, string]>([
    ['{{ $json.emial }}', 'warning unknownField', 'emial', '{{ $json.email }}'],
    ['{{ $json.user.nam.trim() }}', 'warning unknownField', 'nam', '{{ $json.user.name.trim() }}'],
    ['{{ $json.first_name }}', 'warning unknownField', 'first_name', "{{ $json['first name'] }}"],
    ['{{ $json.email.trim }}', 'warning isFunction', 'trim', '{{ $json.email.trim() }}'],
    ['{{ $json.tags }}', 'hint optionalField', 'tags', "{{ $json.tags ?? '' }}"],
    ['{{ $jsn.email }}', 'error denied', '$jsn', '{{ $json.email }}'],
    ["{{ $('Laed').item.json.score }}", 'error unknownNode', "'Laed'", "{{ $('lead_1').item.json.score }}"],
    ["{{ $('lead_1').item.json.scor }}", 'warning unknownField', 'scor', "{{ $('lead_1').item.json.score }}"],
    ['{{ $vars.apiBas }}', 'error unknownVariable', 'apiBas', '{{ $vars.apiBase }}'],
    ["{{ $env['REGON'] }}", 'error envNotAllowed', "'REGON'", "{{ $env['REGION'] }}"],
    ['Hi {{ $json.email', 'error unclosed', '{', 'Hi {{ $json.email }}'],
  ])('%s: %s at %s, fixed: %s', (source, what, at, fixed) => {
    const [found, ...more] = diagnose(source, around);
    expect(`${found?.severity} ${found?.code}`).toBe(what);
    expect(source.slice(found?.start, found?.end)).toBe(at);
    expect(applyEdits(source, found?.fixes[0]?.edits ?? [])).toBe(fixed);
    expect(more).toEqual([]);
  });

  it.each([
    '{{ $json.email.trim() }}',
    "{{ $json.nope ?? 'x' }}",
    '{{ $json.nope?.x }}',
    "{{ $json['first name'] ?? '' }}",
    '{{ $json.email.length }}',
    '{{ $vars }}',
    "{{ $vars.gone ?? '' }}".replace('gone', 'region'),
    '{{ $json.tags?.[0] }}',
    "{{ $('lead_1').all().map(x => x.json.nope) }}",
    'plain { text',
  ])('nothing is wrong with %s', (source) => {
    expect(diagnose(source, around).filter(({ severity }) => severity !== 'hint')).toEqual([]);
  });

  it('finds the faults of every {{ }}, each at its place', () => {
    const source = '{{ $jsn }} {{ 1 }} {{ nwo }} {{ $json.emial }}';
    expect(diagnose(source, around).map(({ start, end }) => source.slice(start, end))).toEqual(['$jsn', 'nwo', 'emial']);
  });

  it('checks nothing that is not known', () => {
    expect(diagnose("{{ $json.a + $('x').json.b + $vars.c + $env.D }}")).toEqual([]);
  });

  it('never throws, and every place is inside the text', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '$json',
      '.a',
      '?.',
      "['b']",
      '$(',
      "'x'",
      ')',
      '$vars.',
      '=>',
      '+',
      ' ',
      '(',
      '[',
      '`${',
      '👩',
      '\u2028',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
        ),
        (source) => {
          for (const { start, end } of diagnose(source, around))
            expect(0 <= start && start < end && end <= Math.max(1, source.length)).toBe(true);
        },
      ),
    );
  });
});
