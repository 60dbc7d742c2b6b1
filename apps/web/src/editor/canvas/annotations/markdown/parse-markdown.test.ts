import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Inline, parseMarkdown } from './parse-markdown.ts';

function inlinesOf(block: Block): readonly Inline[] {
  if (block.kind === 'heading') return block.content;
  return (block.kind === 'list' ? block.items : block.lines).flat();
}

function wordsOf(pieces: readonly Inline[]): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : wordsOf(piece.content))).join('');
}

function linksOf(pieces: readonly Inline[]): readonly string[] {
  return pieces.flatMap((piece) => ('text' in piece ? [] : [...(piece.kind === 'link' ? [piece.href] : []), ...linksOf(piece.content)]));
}

describe('the Markdown of notes', () => {
  it('has headings, lists, bold, italic, code and links', () => {
    expect(parseMarkdown('# Owner\nAsk **Ana**, *then* `ops`.\n\n- one\n- two\n1. first\n2. second')).toEqual([
      { kind: 'heading', level: 1, content: [{ kind: 'text', text: 'Owner' }] },
      {
        kind: 'paragraph',
        lines: [
          [
            { kind: 'text', text: 'Ask ' },
            { kind: 'bold', content: [{ kind: 'text', text: 'Ana' }] },
            { kind: 'text', text: ', ' },
            { kind: 'italic', content: [{ kind: 'text', text: 'then' }] },
            { kind: 'text', text: ' ' },
            { kind: 'code', text: 'ops' },
            { kind: 'text', text: '.' },
          ],
        ],
      },
      { kind: 'list', isOrdered: false, items: [[{ kind: 'text', text: 'one' }], [{ kind: 'text', text: 'two' }]] },
      { kind: 'list', isOrdered: true, items: [[{ kind: 'text', text: 'first' }], [{ kind: 'text', text: 'second' }]] },
    ]);
  });

  it('links only to http, https and mailto; every other address stays text', () => {
    const targets = [
      'https://acme.com/a',
      'http://acme.com/',
      'mailto:ana@acme.com',
      'javascript:alert(1)',
      'data:text/html,x',
      '/inside',
      'https:///',
      ' JaVaScRiPt:x',
    ];
    const links = targets.flatMap((target) => parseMarkdown(`[x](${target})`).flatMap((block) => linksOf(inlinesOf(block))));
    expect(links).toEqual(['https://acme.com/a', 'http://acme.com/', 'mailto:ana@acme.com']);
  });

  it('knows no HTML: it is text', () => {
    expect(parseMarkdown('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', lines: [[{ kind: 'text', text: '<img src=x onerror=alert(1)>' }]] },
    ]);
  });

  it('loses no letter and never links elsewhere, whatever is written', () => {
    const odd = fc.array(
      fc.constantFrom('*', '**', '_', '`', '[', ']', '(', ')', 'javascript:', 'https://a.b', 'x', ' ', '\n', '# ', '- ', '1. '),
    );
    fc.assert(
      fc.property(odd, (parts) => {
        const text = parts.join('');
        const pieces = parseMarkdown(text).flatMap(inlinesOf);
        for (const href of linksOf(pieces)) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
        const count = (words: string): number => words.split('x').length;
        expect(count(wordsOf(pieces))).toBeLessThanOrEqual(count(text));
        expect(text.includes('](') || count(wordsOf(pieces)) === count(text)).toBe(true);
      }),
    );
  });

  it('does not take longer and longer for text full of marks', () => {
    expect(parseMarkdown('['.repeat(20_000))).toHaveLength(1);
    expect(parseMarkdown('*a '.repeat(6000))).toHaveLength(1);
  });
});
