import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { isJsonObject } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyCheckout, type CheckoutCopy } from '../prove/checkout-copy.ts';
import { TEN_OPERATIONS } from './ten-operations.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
let copy: CheckoutCopy;
let server: Server;
let address = '';

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: copy.dir, encoding: 'utf8' });
}

/** Has npm write its lockfile; everything that it needs is in it. */
function settleLockfile(): void {
  const args = ['install', '--package-lock-only', '--ignore-scripts', '--offline', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { cwd: copy.dir, stdio: 'ignore' });
}

/** What git sees that is not committed: ` M file` or `?? folder/`. */
function changes(): readonly string[] {
  return git('status', '--porcelain').split('\n').filter(Boolean).toSorted();
}

beforeAll(async () => {
  copy = await copyCheckout();
  cpSync(path.join(ROOT, '.gitignore'), path.join(copy.dir, '.gitignore'));
  settleLockfile();
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'as it was');
  server = createServer((_request, response) => response.end(TEN_OPERATIONS));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}/openapi.json`;
});
afterAll(async () => {
  server?.close();
  await copy?.remove();
});

async function millwright(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn(process.execPath, ['apps/cli/src/main.ts', ...args], { cwd: copy.dir, env: { PATH: process.env['PATH'] } });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise<number>((resolve) => child.on('close', (ended) => resolve(ended ?? -1)));
  return { code, said };
}

/** The type checker over one package of the copy, with the rules of the checkout. */
function typeFaults(name: string): string {
  const config = path.join(copy.dir, 'tsconfig.only.json');
  writeFileSync(config, JSON.stringify({ extends: './tsconfig.base.json', include: [`nodes/${name}/**/*.ts`] }));
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', config], { cwd: copy.dir, encoding: 'utf8' });
  rmSync(config);
  return stdout;
}

/** The package's own suite. @returns passed and failed */
function suite(name: string): readonly [passed: number, failed: number] {
  const told = `${copy.dir}-${name}.json`;
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--reporter=json', `--outputFile=${told}`, `nodes/${name}/`];
  spawnSync(process.execPath, args, { cwd: copy.dir, stdio: 'ignore' });
  const report: unknown = JSON.parse(readFileSync(told, 'utf8'));
  rmSync(told);
  return isJsonObject(report) ? [Number(report['numPassedTests']), Number(report['numFailedTests'])] : [0, -1];
}

describe('millwright new:node', () => {
  it('makes a ten-operation connector of a description: it loads, type checks, passes its suite, and touches only its folder and the lockfile', async () => {
    const made = await millwright('new:node', 'library', '--openapi', address);
    expect(made.said).toContain('10 actions in nodes/library');
    expect(made.code).toBe(0);
    expect(changes()).toEqual([' M package-lock.json', '?? nodes/library/']);
    expect(typeFaults('library')).toBe('');
    const [passed, failed] = suite('library');
    expect(failed).toBe(0);
    // Each action with its contract, its bad input and its own example, and the scenarios that apply.
    expect(passed).toBeGreaterThan(30);
    expect(changes()).toEqual([' M package-lock.json', '?? nodes/library/']);
  });

  it('--from takes a file, YAML too, and --only leaves the rest out: what is made loads, type checks and passes its suite', async () => {
    const file = path.join(copy.dir, 'described.yaml');
    // Every JSON text is YAML; a comment is what only YAML has.
    writeFileSync(file, `# ten operations\n${TEN_OPERATIONS}\n`);
    const made = await millwright('new:node', 'lent', '--from', 'described.yaml', '--only', 'Loans,GET /books');
    rmSync(file);
    expect(made.said).toContain('3 actions in nodes/lent');
    expect(made.code).toBe(0);
    expect(typeFaults('lent')).toBe('');
    expect(suite('lent')).toEqual([expect.any(Number), 0]);
  });

  it('writes the lockfile that npm would: npm has nothing to change in it', () => {
    const before = readFileSync(path.join(copy.dir, 'package-lock.json'), 'utf8');
    settleLockfile();
    expect(readFileSync(path.join(copy.dir, 'package-lock.json'), 'utf8')).toBe(before);
  });

  it.each([
    ['fromcurl', ['--curl', `curl -X POST https://api.acme.com/v1/orders/4711/notes -H 'Authorization: Bearer k' --json '{"text":"hi"}'`]],
    ['fresh', []],
  ])('makes %s, which loads, type checks and passes its suite', async (name, args) => {
    const made = await millwright('new:node', name, ...args);
    expect(made).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(copy.dir, 'nodes', name, 'package.json'), 'utf8')).toContain(`@millwright/node-${name}`);
    expect(typeFaults(name)).toBe('');
    expect(suite(name)).toEqual([expect.any(Number), 0]);
  });

  it.each([
    ['a name that is taken', ['github'], /nodes\/github is there already/],
    ['a name that is none', ['My-Thing'], /one word of lower-case letters/],
    ['a description that is none', ['broken', '--openapi', 'package.json'], /./],
    ['two sources', ['broken', '--openapi', 'x', '--curl', 'y'], /exclude each other/],
    ['a command that is no cURL', ['broken', '--curl', 'wget x'], /./],
  ])('refuses %s in words, and writes nothing', async (_, args, words) => {
    const before = changes();
    const { code, said } = await millwright('new:node', ...args);
    expect(code).toBe(1);
    expect(said).toMatch(words);
    expect(said).not.toMatch(/\n\s+at /);
    expect(changes()).toEqual(before);
  });
});
