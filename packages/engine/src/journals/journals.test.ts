import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { advance } from '../advance/index.ts';
import { differences, type Journal } from './journal.ts';

/** Recorded by `npm run histories:record`. */
const FOLDER = path.resolve(import.meta.dirname, '../../journals');
const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

function read(name: string): Journal {
  return JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Journal;
}

describe('what earlier versions of the engine decided', () => {
  it.each(names)('is decided again: %s', (name) => {
    expect(differences(read(name), advance)).toEqual([]);
  });

  it('an engine of which a rule was changed is told so: one thing after another instead of side by side', () => {
    const changed: typeof advance = (skeleton, ...rest) => advance({ ...skeleton, order: 'sequential' }, ...rest);
    const broken = names.filter((name) => differences(read(name), changed).length > 0);
    expect(broken.map((name) => path.basename(name))).toEqual(expect.arrayContaining(['merge.json', 'remote.json']));
  });

  it('an engine of which a rule was changed is told so: no node tries again', () => {
    const changed: typeof advance = (skeleton, ...rest) =>
      advance({ ...skeleton, nodes: skeleton.nodes.map((node) => ({ ...node, retry: null })) }, ...rest);
    const broken = names.filter((name) => differences(read(name), changed).length > 0);
    expect([...new Set(broken.map((name) => path.basename(name)))]).toEqual(['retry.json']);
  });
});
