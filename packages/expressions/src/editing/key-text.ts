/** A change of a text: what stands from `start` to `end` becomes `text`. UTF-16 units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with edits applied; of edits that overlap, the first counts. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  let text = '';
  let from = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < from) continue;
    text += source.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return text + source.slice(from);
}

/** Whether a key can stand behind a dot. */
export function isName(key: string): boolean {
  return /^[$\p{ID_Start}_][$\u200c\u200d\p{ID_Continue}]*$/u.test(key);
}

/** A text in quotes, as an expression holds it: no line breaks, nothing that ends the quotes or the braces. */
export function quoted(text: string, quote: '"' | "'" | '`' = "'"): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  const closed = escaped.replaceAll(quote, `\\${quote}`);
  return quote + (quote === '`' ? closed.replaceAll('${', '\\${') : closed) + quote;
}

/** How a key is written after a value: `.email`, `['first name']`, `[0]`. */
export function accessOf(key: string, isChained = false): string {
  if (isName(key)) return (isChained ? '?.' : '.') + key;
  return `${isChained ? '?.' : ''}[${/^(?:0|[1-9]\d{0,8})$/u.test(key) ? key : quoted(key)}]`;
}
