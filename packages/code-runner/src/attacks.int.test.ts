import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOf, HAS_BWRAP, openRunner, outcomeOf } from './testing.ts';
import type { CodeLanguage, CodeRunner } from './types.ts';

/**
 * Every file of `attacks/`. The first line says what may come of it: codes, or `nothing`: it returns what it could reach, which is nothing.
 * `level: L2` marks what is about walls outside of Node. Add a file whenever somebody has an idea.
 */
const FOLDER = path.join(import.meta.dirname, '..', 'attacks');

const LANGUAGES: Readonly<Record<string, CodeLanguage>> = { js: 'javascript', ts: 'typescript', py: 'python' };

const attacks = readdirSync(FOLDER).map((file) => {
  const source = readFileSync(path.join(FOLDER, file), 'utf8');
  const [number = '', ...words] = file.replace(/\.\w+\.txt$/, '').split('-');
  return {
    name: `${number.toUpperCase()}: ${words.join(' ')}`,
    language: LANGUAGES[/\.(\w+)\.txt$/.exec(file)?.[1] ?? ''] ?? 'javascript',
    expects: /expects: (.*)/.exec(source)?.[1]?.split(' ') ?? [],
    needsL2: /level: L2|\.py\.txt/.test(`${source}${file}`),
    source,
  };
});

/** Modules of Node that an admin might put on the list; those that are closed stay so. */
const MODULES = [
  'fs',
  'net',
  'os',
  'events',
  'path',
  'util',
  'stream',
  'zlib',
  'child_process',
  'worker_threads',
  'cluster',
  'process',
  'module',
  'sqlite',
];

const neighbour = callOf('return $input.all().map((item) => ({ json: { greeting: `Hello ${item.json.name}` } }))');
const GREETINGS = ['Hello Ada', 'Hello Grace'];

/** Runs an attack between and beside calls of neighbours, who must not notice. */
async function attack(runner: CodeRunner, { source, language }: (typeof attacks)[number]): Promise<readonly unknown[]> {
  const call = callOf(source, { language, timeoutMs: source.includes('code_timeout') ? 1_500 : 20_000, packages: ['allowed', ...MODULES] });
  const [outcome, beside] = await Promise.all([outcomeOf(runner, call), runner.run({ ...neighbour, projectId: 'beside' })]);
  expect(beside.items.map(({ json }) => json['greeting'])).toEqual(GREETINGS);
  // The same project, so the same process wherever that lives on.
  const after = await runner.run(neighbour);
  expect(after.items.map(({ json }) => json['greeting'])).toEqual(GREETINGS);
  return 'result' in outcome ? outcome.result.items.map(({ json }) => json['reached']) : [outcome.code, outcome.message];
}

/** What came, in the words of the first line. */
function wordOf(came: readonly unknown[]): unknown {
  return JSON.stringify(came) === '[[]]' ? 'nothing' : came[0];
}

function expectHeld({ expects }: (typeof attacks)[number], came: readonly unknown[]): void {
  expect(expects, JSON.stringify(came)).toContain(wordOf(came));
}

describe.skipIf(!HAS_BWRAP)('attacks at level L2 (bubblewrap is not installed: skipped)', () => {
  let runner: CodeRunner;
  beforeAll(async () => {
    runner = await openRunner({ atLeast: 'L2' });
  });
  afterAll(async () => {
    await runner.close();
  });
  it.each(attacks)('$name ($language) reaches nothing, and nobody else notices', async (one) => {
    if (one.language === 'python' && !runner.status().python) return;
    expectHeld(one, await attack(runner, one));
  });
});

describe('attacks at level L1', () => {
  let runner: CodeRunner;
  beforeAll(async () => {
    runner = await openRunner({ bwrap: null });
  });
  afterAll(async () => {
    await runner.close();
  });
  it.each(attacks.filter(({ needsL2 }) => !needsL2))('$name ($language) reaches nothing, and nobody else notices', async (one) => {
    expectHeld(one, await attack(runner, one));
  });
  it('code gets no module of Node, since nothing outside of Node would hold it', async () => {
    expect(
      await outcomeOf(runner, callOf('return [{ json: { all: require("fs").readdirSync("/") } }]', { packages: ['fs'] })),
    ).toMatchObject({ code: 'code_package_denied' });
  });
  it('Python is refused, since it would have no walls', async () => {
    expect(await outcomeOf(runner, callOf('return []', { language: 'python' }))).toMatchObject({ code: 'code_python_missing' });
  });
});
