import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../template.ts';
import { accessOf, quoted } from './key-text.ts';
import { references } from './references.ts';
import { renameField, renameNodes, renameNodesIn } from './rename.ts';

describe('renaming nodes', () => {
  it.each<[string, string]>([
    ["{{ $('a').item.json.x }} and $('a')", "{{ $('b 2').item.json.x }} and $('a')"],
    ['{{ $(  "a" ).json + $node["a"].json }}', '{{ $(  "b 2" ).json + $node["b 2"].json }}'],
    ["{{ \"$('a')\" + $('other').json.x }}", "{{ \"$('a')\" + $('other').json.x }}"],
    ["{{ $('a').json + ", "{{ $('b 2').json + "],
    ['plain', 'plain'],
  ])('%s → %s', (source, expected) => {
    expect(renameNodes(source, new Map([['a', 'b 2']]))).toBe(expected);
  });

  it('swaps names in one go, and touches nothing else of parameters', () => {
    const parameters = { fixed: { x: ["$('a')"] }, one: "{{ $('a').json.x + $('b').json.y }}" };
    const renamed = renameNodesIn(
      parameters,
      new Map([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    );
    expect(renamed).toEqual({ ...parameters, one: "{{ $('b').json.x + $('a').json.y }}" });
    expect(Object.entries(renamed as object)[0]?.[1]).toBe(parameters.fixed);
  });
});

describe('renaming fields', () => {
  const of = { node: 'lead' };
  it.each<[string, string, string, number]>([
    ["{{ $('lead').item.json.email.trim() }}", 'mail', "{{ $('lead').item.json.mail.trim() }}", 0],
    ["{{ $('lead').first().json?.email }}", 'e-mail', "{{ $('lead').first().json?.['e-mail'] }}", 0],
    ['{{ $node["lead"].json["email"].x }}', 'it"s', '{{ $node["lead"].json["it\\"s"].x }}', 0],
    ["{{ $json.email + $('other').json.email }}", 'mail', "{{ $json.email + $('other').json.email }}", 0],
    ["{{ $('lead').all().map(x => x.json.email) }}", 'mail', "{{ $('lead').all().map(x => x.json.email) }}", 1],
    ["{{ $('lead').json[$json.k] }}", 'mail', "{{ $('lead').json[$json.k] }}", 1],
    ["{{ $('lead').json[ /* ' */ 'email' ] }}", 'mail', "{{ $('lead').json[ /* ' */ 'mail' ] }}", 0],
  ])('%s, email → %s', (source, to, text, unclear) => {
    expect(renameField(source, { of, path: ['email'], to })).toMatchObject({ text, unclear });
  });

  it('follows a path, and says when a text cannot be read', () => {
    const rename = { of: 'input' as const, path: ['user', 'mail'], to: 'email' };
    expect(renameField('{{ $json.user.mail.x + $json.mail + $item.json.user }}', rename)).toEqual({
      text: '{{ $json.user.email.x + $json.mail + $item.json.user }}',
      count: 1,
      unclear: 1,
    });
    expect(renameField('{{ $json.user.', rename)).toEqual({ text: '{{ $json.user.', count: 0, unclear: 1 });
  });
});

/** Names as people have them: quotes, emoji, right to left, keys of Object.prototype. */
const names = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('email', "Anna's", 'ערך', '👩‍👩‍👧', '__proto__', '}}', '${x}', '\\', '\n', '\u2028', '`'),
);
const nodeText = fc
  .tuple(names, fc.constantFrom('"', "'", '`'), fc.array(names, { maxLength: 3 }))
  .map(([name, quote, path]) => `$(${quoted(name, quote)}).item.json${path.map((key) => accessOf(key)).join('')}`);
const templates = fc
  .array(
    fc.tuple(
      fc.string({ maxLength: 5 }).filter((text) => !text.includes('{')),
      nodeText,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.map(([text, code]) => `${text}{{ ${code} }}`).join(''));

describe('any rename', () => {
  it('of nodes, there and back, gives the text again, and every text stays readable', () => {
    fc.assert(
      fc.property(templates, names, (source, fresh) => {
        const used = references(source).map(({ node }) => node?.name ?? '');
        const [name = ''] = used;
        fc.pre(!used.includes(fresh));
        const there = renameNodes(source, new Map([[name, fresh]]));
        compileTemplate(there);
        expect(references(there).map(({ node }) => node?.name)).toEqual(used.map((one) => (one === name ? fresh : one)));
        expect(renameNodes(there, new Map([[fresh, name]]))).toBe(source);
      }),
    );
  });

  it('of fields, there and back, reads the same fields', () => {
    fc.assert(
      fc.property(templates, names, (source, to) => {
        const found = references(source).find(({ keys }) => keys.length > 0);
        const paths = (text: string) => references(text).map(({ node, keys }) => [node?.name, ...keys.map(({ name }) => name)]);
        fc.pre(found?.node !== undefined && !paths(source).flat().includes(to) && !/^\d+$/.test(to));
        const path = found.keys.map(({ name }) => name);
        const { text } = renameField(source, { of: { node: found.node.name }, path, to });
        compileTemplate(text);
        const back = renameField(text, { of: { node: found.node.name }, path: [...path.slice(0, -1), to], to: path.at(-1) ?? '' });
        expect(paths(back.text)).toEqual(paths(source));
      }),
    );
  });
});
