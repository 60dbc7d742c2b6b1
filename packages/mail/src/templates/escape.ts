const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control characters, and those that turn the direction of the text around them: a name must not reorder what stands beside it. */
// oxlint-disable-next-line no-control-regex -- taking control characters out is what this expression is for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Longest value that is put into a mail, in characters. */
const MOST = 500;

/** A value that people wrote, as one line of plain text. */
export function plainValue(value: string): string {
  const line = value.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join('')}…` : line;
}

/** A value set apart from the text around it, in whatever direction it is written: first strong isolate … pop. */
export function isolatedValue(value: string): string {
  return `\u2068${plainValue(value)}\u2069`;
}

/** Text that is shown as it is written, in an element or an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A value as HTML, in a direction of its own. */
export function htmlValue(value: string): string {
  return `<bdi>${escapeHtml(plainValue(value))}</bdi>`;
}
