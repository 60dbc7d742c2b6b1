import type { JsonValue } from '@millwright/core';
import { parsePath } from '@millwright/node-sdk';

const parsed = new Map<string, readonly (string | number)[]>();

/** The steps of a path, kept: definitions do not change. */
function stepsOf(path: string): readonly (string | number)[] {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  // What is no path (`header.x-next`, with its dots and dashes, is one) reads nothing.
  const steps = parsePath(path) ?? [];
  if (parsed.size > 10_000) parsed.clear();
  parsed.set(path, steps);
  return steps;
}

/** What stands at a path; undefined where nothing does. Only own fields are read. */
export function readSteps(root: unknown, steps: readonly (string | number)[]): unknown {
  let value: unknown = root;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

/** What stands at a path such as `body.data[0].id`. */
export function readPath(root: unknown, path: string): JsonValue | undefined {
  return readSteps(root, stepsOf(path)) as JsonValue | undefined;
}

/** A text or number at a path, as text; null where there is none, or it is empty. */
export function readText(root: unknown, path: string | undefined): string | null {
  const value = path === undefined ? undefined : readPath(root, path);
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}
