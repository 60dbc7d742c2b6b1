import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldSource, labelOf, sourceOf, type TokenNames, tokensOf, tokenText } from './tokens.ts';

const names: TokenNames = {
  node: (id) => ({ lead_1: 'Lead', ana: "Ana's 👩‍👩‍👧 step", rtl: 'לידים' })[id],
  input: 'Webhook',
  vars: 'Variable',
  env: 'Environment',
};
const shown = (source: string) => tokensOf(source, names).map((token) => (token.kind === 'field' ? `[${tokenText(token)}]` : token.source));

describe('friendly tokens', () => {
  it.each<[string, readonly string[]]>([
    ["{{ $('lead_1').item.json.email }}", ['{{ ', '[Lead › Email]', ' }}']],
    ['Hi {{ $json.body.first_name.trim() }}!', ['Hi {{ ', '[Webhook › Body › First name]', '.trim() }}!']],
    ['{{ $json.tags[0] + $vars.apiBase }}', ['{{ ', '[Webhook › Tags › 1.]', ' + ', '[Variable › apiBase]', ' }}']],
    ["{{ $('ana').item.json['it\\'s'] }}", ['{{ ', "[Ana's 👩‍👩‍👧 step › it's]", ' }}']],
    ["{{ $('rtl').item.json['ערך'] }}", ['{{ ', '[\u2068לידים\u2069 › \u2068ערך\u2069]', ' }}']],
    ["{{ $('gone').item.json.a }} {{ $('lead_1').first().json.a }}", ["{{ $('gone').item.json.a }} {{ $('lead_1').first().json.a }}"]],
    ['{{ $json }} {{ broken', ['{{ $json }} {{ broken']],
    ['plain', ['plain']],
    ['', []],
  ])('%s', (source, expected) => {
    expect(shown(source)).toEqual(expected);
  });

  it('say a key as people do, and leave what holds more than letters and digits', () => {
    expect(['firstName', 'first_name', 'URL', 'apiURL', 'e-mail', 'Straße', '2', 'a'].map(labelOf)).toEqual([
      'First name',
      'First name',
      'URL',
      'Api URL',
      'e-mail',
      'Straße',
      '3.',
      'A',
    ]);
  });

  it('put together are the text again, whatever it is', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('{{ ', ' }}', '$json', '.a', "['b']", "$('lead_1').item.json", ' + ', "'", '👩‍👩‍👧'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(any, (source) => {
        expect(sourceOf(tokensOf(source, names))).toBe(source);
      }),
    );
  });

  it('from a picked field to a text and back are the same field', () => {
    const keys = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 });
    const of = fc.constantFrom('input' as const, 'node' as const, 'vars' as const, 'env' as const);
    fc.assert(
      fc.property(of, fc.string({ unit: 'grapheme' }), keys, (root, node, path) => {
        const field = { of: root, path, ...(root === 'node' ? { node } : {}) };
        const [, token] = tokensOf(`{{ ${fieldSource(field)} }}`, { ...names, node: (id) => `Step ${id}` });
        expect(token).toMatchObject(field);
      }),
    );
  });
});
