import type { JsonValue } from '@millwright/core';

const WIDTH = 120;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A text as a literal in single quotes. */
export function printText(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`);
  return `'${escaped.replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`)}'`;
}

/** A name of a field, quoted where it has to be. */
export function printKey(name: string): string {
  // Written plainly it would set the prototype.
  if (name === '__proto__') return "['__proto__']";
  return IDENTIFIER.test(name) ? name : printText(name);
}

/** Parts between two signs: on one line where they fit, else one below the other. */
export function printParts(
  parts: readonly string[],
  { open, close, indent }: { readonly open: string; readonly close: string; readonly indent: string },
): string {
  if (parts.length === 0) return `${open}${close}`;
  const pad = open === '{' ? ' ' : '';
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  if (line.length + indent.length <= WIDTH && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`;
}

/** A JSON value as TypeScript. */
export function printValue(value: JsonValue | undefined, indent: string): string {
  if (typeof value === 'string') return printText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return printParts(
      (value as readonly JsonValue[]).map((one) => printValue(one, inner)),
      { open: '[', close: ']', indent },
    );
  const parts = Object.entries(value).map(([name, one]) => `${printKey(name)}: ${printValue(one, inner)}`);
  return printParts(parts, { open: '{', close: '}', indent });
}
