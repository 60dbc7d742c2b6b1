import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonValue } from '@millwright/core';
import { createScope, type ExpressionScope } from '../scope.ts';

const folder = path.join(import.meta.dirname, 'escapes');

/** One attempt to get out, and the file that it stands in. */
export interface Escape {
  readonly file: string;
  readonly expression: string;
}

/** The corpus: one expression a line, `#` starts a comment. To let it grow, write a line. */
export function escapes(): readonly Escape[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(path.join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('# '))
      .map((expression) => ({ file, expression })),
  );
}

/** Data as a hostile caller would send it: names of the host's own as plain fields. JSON.parse makes `__proto__` an own key. */
export function hostileScope(): ExpressionScope {
  const json = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":"mine","toString":"t","valueOf":"v","toJSON":"j","then":"x","length":1000000000,"n":1,"list":[3,1,2],"text":"abc","nested":{"a":1}}',
  ) as JsonValue;
  const item = { json };
  return createScope({
    items: [item],
    nowMs: 0,
    vars: { k: 'v' },
    env: { OK: '1' },
    node: (name) =>
      name === 'lead' ? { name: 'Lead', item: () => item, first: () => item, last: () => item, all: () => [item] } : undefined,
    random: () => 0.5,
  });
}
