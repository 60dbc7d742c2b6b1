import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a source file. */
export interface SourcePlace {
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

const FRAME = /(file:\/\/[^\s():?]+)(?:\?[^\s():]*)?:(\d+):(\d+)/g;

/** Where below some folders something was thrown: the innermost call that is written there; null when none is. */
export function sourcePlace(thrown: unknown, folders: readonly string[]): SourcePlace | null {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  for (const [, url = '', line, column] of stack.matchAll(FRAME)) {
    const file = fileURLToPath(new URL(url));
    const isOwn = folders.some((folder) => file.startsWith(`${folder}${path.sep}`));
    if (isOwn && !file.includes(`${path.sep}node_modules${path.sep}`)) return { file, line: Number(line), column: Number(column) };
  }
  return null;
}
