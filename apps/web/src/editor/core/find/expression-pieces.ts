import type { Token } from '@millwright/expressions/browser';
import type { Piece } from './searchable.ts';

/** The stretches of a text that is no field of data: outside of braces, and the code inside of them. */
function stretchesOf(source: string, start: number, wasInside: boolean): { readonly pieces: readonly Piece[]; readonly isInside: boolean } {
  const pieces: Piece[] = [];
  let isInside = wasInside;
  let from = 0;
  const cut = (to: number): void => {
    if (to > from) pieces.push({ text: source.slice(from, to), start: start + from, end: start + to, kind: isInside ? 'fixed' : 'plain' });
    from = to;
  };
  for (;;) {
    const at = source.indexOf(isInside ? '}}' : '{{', from);
    if (at < 0) break;
    // The braces belong to the code.
    cut(isInside ? at + 2 : at);
    isInside = !isInside;
  }
  cut(source.length);
  return { pieces, isInside };
}

/**
 * An expression as people read it: fields by their friendly names, found by their source too; only what is outside of braces
 * may be replaced.
 * @param tokens of the whole text; together their sources are the text
 * @param textOf a field in one line: `tokenText` of the expressions
 */
export function piecesOf(
  tokens: readonly Token[],
  textOf: (token: Extract<Token, { readonly kind: 'field' }>) => string,
): readonly Piece[] {
  const source = tokens.map((token) => token.source).join('');
  // Braces inside of the code could be taken for its end: then nothing of the text is called plain.
  const isClear = source.split('{{').length === source.split('}}').length;
  let isInside = false;
  return tokens.flatMap((token): readonly Piece[] => {
    if (token.kind === 'field') return [{ text: textOf(token), start: token.start, end: token.end, kind: 'fixed', alias: token.source }];
    if (!isClear) return [{ text: token.source, start: token.start, end: token.end, kind: 'fixed' }];
    const read = stretchesOf(token.source, token.start, isInside);
    ({ isInside } = read);
    return read.pieces;
  });
}
