import type { TemplateValue } from './request.ts';

/** A piece of a template: text, or a value that is put in. */
export type TemplatePart =
  | string
  | { readonly path: readonly (string | number)[]; readonly source: string; readonly keepsSlashes: boolean };

const HOLE = /\{\{\s*(\+?)([^{}]*?)\s*\}\}/g;
const PATH = /^[A-Za-z_$][\w$-]*(\.[\w$-]+|\[\d+\])*$/;
const SEGMENT = /([\w$-]+)(\])?/g;

/** The steps of a path: `items[0].id` → `items`, 0, `id`. Null when it is none. */
export function parsePath(source: string): readonly (string | number)[] | null {
  if (!PATH.test(source)) return null;
  return [...source.matchAll(SEGMENT)].map(([, word = '', bracket]) => (bracket === undefined ? word : Number(word)));
}

/**
 * Takes a text with `{{path}}` apart.
 * @returns its parts; `fault` is the first piece between braces that is no path, else null
 */
export function parseTemplate(text: string): { readonly parts: readonly TemplatePart[]; readonly fault: string | null } {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of text.matchAll(HOLE)) {
    const [whole, plus = '', source = ''] = match;
    const path = parsePath(source);
    if (path === null) return { parts, fault: whole };
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ path, source, keepsSlashes: plus === '+' });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return { parts, fault: null };
}

/** Every text in a value, names of fields included. */
function textsOf(value: TemplateValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...textsOf(inner)]);
}

/** What the templates of a value read: `owner`, `auth.subdomain`; texts that are no template are reported by `onFault`. */
export function pathsOf(value: TemplateValue | undefined, onFault: (text: string) => void = () => undefined): readonly string[] {
  return textsOf(value).flatMap((text) => {
    const { parts, fault } = parseTemplate(text);
    if (fault !== null) onFault(fault);
    return parts.flatMap((part) => (typeof part === 'string' ? [] : [part.source]));
  });
}
