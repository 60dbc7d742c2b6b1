import { describe, expect, it } from 'vitest';
import { completions, createScope } from './index.ts';

const sample = createScope({
  items: [{ json: { email: 'a@b.io', 'first name': 'Ann', user: { name: 'Ann' }, tags: ['x'] } }],
  nowMs: 0,
  nodeNames: ['Lead', 'Score'],
  node: () => ({ name: 'Lead', item: () => ({ json: { score: 1 } }), first: () => undefined, last: () => undefined, all: () => [] }),
});

/** The cursor is at the bar. */
function labels(source: string): readonly string[] {
  const offset = source.indexOf('|');
  return completions(source.replace('|', ''), offset, sample).map((one) => one.label);
}

describe('completions', () => {
  it.each<[string, string]>([
    ['{{ | }}', '$json'],
    ['{{ $js| }}', '$json'],
    ['Hi {{ 1 }} {{ $json.| }}', 'email'],
    ['{{ $json.em| }}', 'email'],
    ['{{ 1 + $json.user.na| }}', 'name'],
    ['{{ $json?.user?.| }}', 'name'],
    ['{{ $json.email.toUp|', 'toUpperCase'],
    ['{{ $json.email.trim().| }}', 'toUpperCase'],
    ['{{ $json.tags.map(x => x).| }}', 'filter'],
    ['{{ $now.| }}', 'plus'],
    ['{{ $now.| }}', 'year'],
    ['{{ Math.| }}', 'round'],
    ["{{ $('|", 'Lead'],
    ["{{ $('Sc|') }}", 'Score'],
    ["{{ $('Lead').| }}", 'first'],
    ["{{ $('Lead').item.json.| }}", 'score'],
    ['{{ $input.| }}', 'all'],
  ])('%s proposes %s', (source, label) => {
    expect(labels(source)).toContain(label);
  });
  it.each(['Hi |', '{{ 1 }} |', "{{ 'text |' }}", '{{ $json.nope.| }}', '|{{ 1 }}'])('%s proposes nothing', (source) => {
    expect(labels(source)).toEqual([]);
  });
  it('replaces what is written, and the dot for keys that are no names', () => {
    const source = '{{ $json.fir }}';
    const [found] = completions(source, 12, sample);
    expect(found).toMatchObject({ label: 'first name', insert: '["first name"]', from: 8, to: 12, kind: 'field', detail: '"Ann"' });
  });
  it('never throws for what is written', () => {
    for (const source of ['{{ ).', '{{ $json[.', "{{ '.", '{{ a..', `{{ ${'('.repeat(500)}.`, '{{ x => x.', '{{ "a".repeat(1e9).']) {
      expect(Array.isArray(completions(source, source.length, sample))).toBe(true);
    }
  });
});
