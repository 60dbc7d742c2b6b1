import { describe, expect, it } from 'vitest';
import { findingsInProgram } from './program-findings.ts';

const items = [
  { email: 'jane@acme.com', body: { tags: ['a'], 'full name': 'Jane' } },
  { email: 'bo@acme.com', body: { tags: [] }, phone: '1' },
];

/** What is underlined, with the nearest name. */
function found(source: string, isTyped = false): readonly string[] {
  return findingsInProgram(source, isTyped, items).map(
    ({ start, end, values }) => `${source.slice(start, end)} → ${values['suggestion'] ?? ''}`,
  );
}

describe('what a program reads of an item', () => {
  it.each([
    ['return $json.emial;', 'emial → email'],
    ["return $json['emial'];", "'emial' → email"],
    ['return $json.body.tgas.length;', 'tgas → tags'],
    ['return $input.first().json.emial;', 'emial → email'],
    ['return $input . first() . json . emial;', 'emial → email'],
    ['if ($json.emial) return 1;', 'emial → email'],
    ['return `${$json.emial}`;', 'emial → email'],
    ['return $json.zzzzzzz;', 'zzzzzzz → '],
  ])('is underlined where no item has it: %s', (source, expected) => {
    expect(found(source)).toEqual([expected]);
  });

  it.each([
    'return $json.email.trim();',
    'return $json.phone;',
    'return $json.body.tags.map((tag) => tag.toUpperCase());',
    'return $json.hasOwnProperty("emial");',
    'return $json?.emial;',
    'return $json.body?.tgas;',
    'return $json.emial ?? "";',
    'return typeof $json.emial;',
    'delete $json.emial;',
    '$json.emial = 1; return $json.emial.length;',
    '$json.emial += 1;',
    'return $json[key].emial;',
    'const other = { emial: 1 }; return other.emial;',
    'return items.map((item) => item.json.emial);',
    '// $json.emial',
    'return "$json.emial";',
    'return $json.',
  ])('is left alone where it is there, may be missing, is written, or is not known: %s', (source) => {
    expect(found(source)).toEqual([]);
  });

  it('is found in TypeScript too, and nothing is said where nothing is known', () => {
    expect(found('const mail: string = $json.emial as string; return { mail };', true)).toEqual(['emial → email']);
    expect(findingsInProgram('return $json.emial;', false, [])).toEqual([]);
  });

  it('has a fix that writes the nearest name', () => {
    const source = 'return $json["emial"];';
    const [edit] = findingsInProgram(source, false, items)[0]?.fixes[0]?.edits ?? [];
    expect(edit && source.slice(0, edit.start) + edit.text + source.slice(edit.end)).toBe('return $json["email"];');
  });
});
