import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NodeFault } from '@millwright/api';
import type { SourcePlace } from '@millwright/node-registry';

/** Longest text of a source line that is told, in UTF-16 units. */
const MAX_LINE = 200;

/** The text of a line without its indentation; empty where it cannot be read. */
export async function lineAt({ file, line }: SourcePlace): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return (text.split('\n')[line - 1] ?? '').trim().slice(0, MAX_LINE);
}

/** A place as a developer reads it: `nodes/acme/src/index.ts:12:5`; absolute where it lies outside of the checkout. */
export function placeText({ file, line, column }: SourcePlace, root: string): string {
  const below = path.relative(root, file);
  return `${below.startsWith('..') ? file : below}:${line}:${column}`;
}

/** A fault as people read it. */
export async function faultAt(text: string, at: SourcePlace, root: string): Promise<NodeFault> {
  return { text, place: placeText(at, root), source: await lineAt(at) };
}
