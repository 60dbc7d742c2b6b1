import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ContractMock, serveMock, type ServedMock } from '@millwright/contract-mock';
import { eventually, ROOT } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEN_OPERATIONS } from '../../../scripts/connectors/ten-operations.ts';
import { copyCheckout, type CheckoutCopy } from '../../../scripts/prove/checkout-copy.ts';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, canvas, inspector, newWorkflow, publish, step } from './editor.ts';
import { findings } from './findings.ts';

const FILE = 'nodes/library/src/actions/books/get-book.ts';
const STEP = 'Library: Get a book';
/** A secret of a connection, which must never be written anywhere. */
const CANARY = 'canary-of-a-connection-4711';
/** What the service says of a book: more than its description. */
const BOOK = { id: 'b1', title: 'Emma', shelf: `see ${CANARY}`, access_token: 'short', lentTo: 'jane@corp.example' };

let copy: CheckoutCopy;
let folder: string;
let service: ServedMock;
let mock: ContractMock;
let desk: Desk;
let page: Page;
let workflowId = '';
let made = '';

/** The description, of a service that listens here and wants no signature. */
function describeService(): string {
  const { security: _, components: __, ...open } = JSON.parse(TEN_OPERATIONS) as Readonly<Record<string, unknown>>;
  return JSON.stringify({ ...open, servers: [{ url: `${service.origin}/v1` }] });
}

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: copy.dir, encoding: 'utf8' });
}

// Everything happens in a copy of the checkout, which is removed whatever happens.
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'millwright-description-'));
  const late: { mock: ContractMock | null } = { mock: null };
  service = await serveMock({ request: (request) => (late.mock ?? mock).request(request) });
  mock = new ContractMock(describeService(), { answers: { getBook: { body: BOOK } } });
  late.mock = mock;
  copy = await copyCheckout();
  cpSync(path.join(ROOT, '.gitignore'), path.join(copy.dir, '.gitignore'));
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'as it was');
  desk = await openDesk({
    root: copy.dir,
    env: { MILLWRIGHT_DEV: 'true', NODE_ENV: 'development', MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' },
  });
  ({ page } = desk.window);
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
  await copy?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const save = (text: string): void => writeFileSync(path.join(copy.dir, FILE), text);
const row = (before: string): number => before.split('\n').length;

function millwright(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['apps/cli/src/main.ts', ...args], { cwd: copy.dir, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Calls the webhook of what is published. @returns the run when it is over */
async function run() {
  const { client } = desk.owner;
  const { endpoints } = await client.workflows.get({ workflowId });
  const { runId } = (await (await fetch(endpoints[0]?.url ?? '', { method: 'POST' })).json()) as { readonly runId: string };
  return eventually(async () => {
    const found = await client.runs.get({ runId });
    return found.status === 'succeeded' || found.status === 'failed' ? found : null;
  });
}

/** The chosen step, with what its card says of its source. */
const marked = (place: string) => canvas(page).getByRole('group', { name: `Fault in its source: ${place}` });
const isMended = async (): Promise<void> => {
  await canvas(page)
    .getByRole('group', { name: /Fault in its source/ })
    .waitFor({ state: 'detached' });
  await inspector(page).getByText('The source of this step').waitFor({ state: 'detached' });
};

// Each test goes on where the one before ended, as a developer does.
describe('a node developer', () => {
  it('has a description become actions in the running editor without a reload, fills the form and runs one', async () => {
    await page.goto('/workflows');
    await newWorkflow(page, /^Webhook/, 'Webhook');
    workflowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.evaluate(() => Object.assign(globalThis, { sameWindow: true }));
    const description = path.join(folder, 'library.json');
    writeFileSync(description, describeService());
    expect(millwright('new:node', 'library', '--openapi', description)).toContain('10 actions in nodes/library');
    made = readFileSync(path.join(copy.dir, FILE), 'utf8');
    await eventually(() => desk.product.log().includes('@millwright/node-library: loaded anew.'));
    await addStep(page, 'get a book', STEP);
    await inspector(page)
      .getByRole('combobox', { name: /^Book ID/ })
      .click();
    await page.getByRole('option', { name: 'Emma' }).click();
    await shoot(page, 'node-developer-form');
    await publish(page, 1);
    expect(await run()).toMatchObject({ status: 'succeeded' });
    expect(mock.calls.map(({ request }) => `${request.method} ${request.url.pathname}`)).toContain('GET /v1/books/b1');
    expect(mock.refused).toEqual([]);
    expect(await page.evaluate(() => 'sameWindow' in globalThis)).toBe(true);
  });

  it('N3: has what was made in a tab of its own, and nothing that comes with the product', async () => {
    await canvas(page).focus();
    await page.keyboard.press('/');
    const picker = page.getByRole('dialog', { name: 'Add a step' });
    await picker.getByRole('button', { name: 'Own', exact: true }).click();
    await expect.poll(() => picker.getByRole('option').allInnerTexts()).toEqual([expect.stringMatching(/^Library[^]*10 operations$/)]);
    await shoot(page, 'picker-own');
    await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'detached' });
    await step(page, STEP).click();
  });

  it('records what the step gave as the sample of the package, without secrets', async () => {
    await desk.owner.client.credentials.create({ body: { type: 'github.token', name: 'Elsewhere', fields: { token: CANARY } } });
    await inspector(page).getByRole('button', { name: 'Record sample' }).click();
    await inspector(page).getByText('Written to nodes/library/samples/library.books.getBook@1.json').waitFor();
    const recorded = JSON.parse(readFileSync(path.join(copy.dir, 'nodes/library/samples/library.books.getBook@1.json'), 'utf8')) as unknown;
    expect(recorded).toEqual({ id: 'b1', title: 'Emma', shelf: 'see [secret]', access_token: 'removed', lentTo: 'ada@example.com' });
    await shoot(page, 'node-developer-sample');
    await eventually(async () => {
      const { nodeTypes } = await desk.owner.client.nodeTypes.list({});
      expect(nodeTypes.find(({ type }) => type === 'library.books.getBook')?.sample).toEqual(recorded);
      return true;
    });
  });

  it('sees a type error at the step with its line, in the terminal too, while the last good one goes on; mended, it goes by itself', async () => {
    const place = `${FILE}:${row(made)}:14`;
    save(`${made}export const shelves: number = 'three';\n`);
    await marked(place).waitFor();
    await step(page, STEP).click();
    await inspector(page).getByText(place).waitFor();
    await inspector(page).getByText("export const shelves: number = 'three';").waitFor();
    await inspector(page).getByText("Type 'string' is not assignable to type 'number'.").first().waitFor();
    const { problems } = await desk.owner.client.workflows.problems({ workflowId });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'node_source_fault', level: 'error', nodeId: expect.any(String) }));
    expect(desk.product.log()).toContain(place);
    expect(await findings(page, 'aside')).toEqual([]);
    await shoot(page, 'node-developer-type-error');
    expect(await run()).toMatchObject({ status: 'succeeded' });
    save(made);
    await isMended();
  });

  it('sees why a package does not load: a broken rule, a throw with its line, a loop that is ended', async () => {
    save(made.replace("example: { bookId: 'b1' }", 'example: {}'));
    await inspector(page)
      .getByText(/It cannot be loaded: [^]*example/)
      .waitFor();
    save(`${made}throw new Error('no paper');\n`);
    await marked(`${FILE}:${row(made)}:7`).waitFor();
    await inspector(page).getByText('It cannot be loaded: no paper').waitFor();
    save(`${made}for (;;);\n`);
    await inspector(page)
      .getByText(/It cannot be loaded: did not come back within 5000 ms/)
      .waitFor();
    expect(await run()).toMatchObject({ status: 'succeeded' });
    save(made);
    await isMended();
  });

  it('sees a form that changed in the inspector that is open', async () => {
    save(made.replace("title: 'Book ID'", "title: 'Number on the spine'"));
    await inspector(page).getByText('Number on the spine').first().waitFor();
    save(made);
    await inspector(page).getByText('Book ID').first().waitFor();
    expect(await page.evaluate(() => 'sameWindow' in globalThis)).toBe(true);
  });

  it('sees a fault of a run with the line of the source at the step, and new runs have the code that was mended', async () => {
    const before = '  request: { get:';
    expect(made).toContain(before);
    const line = row(made.slice(0, made.indexOf(before))) + 1;
    const place = `${FILE}:${line}:11: throw new TypeError('no shelf');`;
    save(made.replace(before, `  run: async () => {\n    throw new TypeError('no shelf');\n  },\n${before}`));
    const failed = await eventually(async () => {
      const { id, status, error } = await run();
      expect(error?.message).toBe(`The step failed unexpectedly: no shelf (${place})`);
      return status === 'failed' ? id : null;
    });
    const other = await desk.open();
    await other.page.goto(`/runs/${failed}`);
    await canvas(other.page)
      .getByRole('group', { name: new RegExp(`^${STEP},`) })
      .click();
    await other.page.getByRole('alert').getByText(place).waitFor();
    await shoot(other.page, 'node-developer-run-error');
    await other.context.close();
    save(made);
    await eventually(async () => (await run()).status === 'succeeded');
  });

  it('ends with a green suite, and nothing is changed but the new folder and the lockfile', async () => {
    await isMended();
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'nodes/library/'];
    const suite = spawnSync(process.execPath, args, { cwd: copy.dir, encoding: 'utf8' });
    expect(suite.stdout).toMatch(/Tests .*\d+ passed/);
    expect(suite.status).toBe(0);
    expect(git('status', '--porcelain').split('\n').filter(Boolean).toSorted()).toEqual([' M package-lock.json', '?? nodes/library/']);
    expect(desk.window.faults).toEqual([]);
  });
});
