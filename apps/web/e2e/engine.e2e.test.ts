import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { startEcho, type Echo } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import {
  addStep,
  addStepAt,
  choose,
  drawLine,
  fill,
  inspector,
  newWorkflow,
  publish,
  rename,
  saved,
  showAll,
  step,
  writeExpression,
  writeReference,
} from './editor.ts';
import { choosePass, itemsOf, openStep, passes } from './run.ts';

let echo: Echo;
let desk: Desk;
let page: Page;
let failedRun = '';

beforeAll(async () => {
  echo = await startEcho();
  desk = await openDesk({ env: { MILLWRIGHT_EGRESS_ALLOW: echo.host } });
  ({ page } = desk.window);
});
afterAll(async () => {
  await desk?.close();
  echo?.stop();
});

async function newNamed(name: string, trigger: RegExp, title: string): Promise<void> {
  await page.goto('/workflows');
  await newWorkflow(page, trigger, title);
  const field = page.getByRole('textbox', { name: 'Name of the workflow' });
  await field.fill(name);
  await field.press('Enter');
}

/** Appends a step and gives it a name. */
async function add(search: string, title: string, name: string): Promise<void> {
  await addStep(page, search, title);
  await rename(page, name);
}

/** Fills in an HTTP request that sends to the echo. */
async function sendsTo(address: string): Promise<void> {
  await choose(page, 'Method', 'POST');
  await writeExpression(page, 'Address', `${echo.url}${address}`);
}

const settings = (): Promise<void> => inspector(page).getByRole('tab', { name: 'Settings' }).click();
const setup = (): Promise<void> => inspector(page).getByRole('tab', { name: 'Setup' }).click();

const EVENT = {
  teams: [
    { team: 'A', people: ['ann', 'bob'] },
    { team: 'B', people: ['cy'] },
  ],
  scores: [
    { name: 'ann', score: 3 },
    { name: 'bob', score: 5 },
    { name: 'cy', score: 8 },
    { name: 'dan', score: 13 },
  ],
};

/** What the first run sends: Bob twice, since the first answer was a failure. */
const SENT = ['/report/ann', '/report/bob', '/report/cy', '/send/ann', '/send/bob', '/send/bob', '/send/cy', '/tell/ann', '/tell/cy'];

/** Paths that the echo was asked for, in the order of the alphabet. */
const paths = async (): Promise<readonly string[]> => (await echo.records('/')).map((record) => record.path).toSorted();

// Each test goes on where the one before ended, as a person does.
describe('a nested loop, a join, an error branch, a retry and a child', () => {
  it('a workflow that others call says what it wants to be given', async () => {
    await newNamed('Greeter', /^Called by a workflow/, 'Called by a workflow');
    await inspector(page).getByRole('button', { name: 'Add', exact: true }).click();
    await fill(page, /^Name(?! of)/, 'name');
    await shoot(page, 'engine-called-inputs');
    await addStep(page, 'edit fields', 'Edit fields');
    await inspector(page).getByRole('button', { name: 'Add a field' }).click();
    await fill(page, 'Row 1: Name', 'greeting');
    await writeExpression(page, 'Row 1: Value', 'Hello {{ $json.name }}');
    await publish(page, 1);
    expect(await page.getByText('Live v1').count()).toBe(1);
  });

  it('draws a loop in a loop, with lines that lead back', async () => {
    await newNamed('Campaign', /^Webhook/, 'Webhook');
    await add('split out', 'Split out', 'Teams list');
    await fill(page, /^Field with the list/, 'body.teams');
    await add('loop over', 'Loop over items', 'Teams');
    await addStepAt(page, { step: 'Teams', wayOut: 1 }, 'Split out');
    await rename(page, 'People list');
    await fill(page, /^Field with the list/, 'people');
    await choose(page, 'Other fields', /^Keep them/);
    await add('loop over', 'Loop over items', 'People');
    await addStepAt(page, { step: 'People', wayOut: 1 }, 'HTTP request');
    await rename(page, 'Send');
    await sendsTo('/send/{{ $json.people }}');
    await settings();
    await choose(page, 'Try again', /^A few times/);
    await setup();
    await add('edit fields', 'Edit fields', 'Named');
    await inspector(page).getByRole('button', { name: 'Add a field' }).click();
    await fill(page, 'Row 1: Name', 'name');
    await writeReference(page, 'Row 1: Value', 'People list', '.item.json.people');
    await inspector(page).getByRole('switch', { name: 'Keep other fields' }).click();
    await showAll(page);
    await drawLine(page, 'Named', 'People:back');
    await drawLine(page, 'People:done', 'Teams:back');
    await saved(page);
    await shoot(page, 'engine-loops');
    expect(await page.locator('.react-flow__edge').count()).toBe(8);
  });

  it('adds the join, the error branch and the call', async () => {
    await page.getByRole('button', { name: 'Zoom to 100 %' }).click();
    await step(page, 'Teams').click();
    await addStepAt(page, { step: 'Teams', wayOut: 0 }, 'Merge');
    await rename(page, 'Join');
    await choose(page, 'How', 'By matching fields');
    await inspector(page).getByRole('button', { name: 'Add', exact: true }).click();
    await fill(page, /^Field of input 1/, 'name');
    await fill(page, /^Field of input 2/, 'name');
    await add('http request', 'HTTP request', 'Report');
    await sendsTo('/report/{{ $json.name }}');
    await settings();
    await choose(page, 'When it fails', /^Take an error branch/);
    await setup();
    await addStepAt(page, { step: 'Report', wayOut: 1 }, 'Edit fields');
    await rename(page, 'Excused');
    await step(page, 'Report').click();
    await add('call a workflow', 'Call a workflow', 'Greet');
    await choose(page, /^Workflow/, /^Greeter/);
    await inspector(page).getByRole('button', { name: 'Add', exact: true }).click();
    await fill(page, 'Row 1: Name', 'name');
    await writeReference(page, 'Row 1: Value', 'Join', '.item.json.name');
    await add('http request', 'HTTP request', 'Tell');
    await sendsTo('/tell/{{ $json.name }}');
    await showAll(page);
    await step(page, 'Webhook').click();
    await add('split out', 'Split out', 'Scores list');
    await fill(page, /^Field with the list/, 'body.scores');
    await showAll(page);
    await drawLine(page, 'Scores list', 'Join:in2');
    await saved(page);
    await shoot(page, 'engine-editor');
    expect(await page.getByRole('application', { name: /with 13 steps/ }).count()).toBe(1);
    await publish(page, 1);
  });

  it('runs it: one answer that fails and is tried again, one refused report, one message that fails', async () => {
    await echo.rule({ path: '/send/bob', status: 503, times: 1 });
    await echo.rule({ path: '/report/bob', status: 404 });
    await echo.rule({ path: '/tell/cy', status: 422, times: 1 });
    await step(page, 'Webhook').click();
    await inspector(page).getByRole('button', { name: 'Send test event' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Body/ }).fill(JSON.stringify(EVENT));
    await dialog.getByRole('button', { name: 'Send the event' }).click();
    await dialog.getByRole('link', { name: 'Open the run' }).click();
    await page.waitForURL(/\/runs\/run_/);
    failedRun = new URL(page.url()).pathname;
    await step(page, 'Tell')
      .and(page.getByRole('group', { name: /Failed/ }))
      .waitFor();
    await showAll(page);
    await shoot(page, 'engine-run-failed');
    expect(await paths()).toEqual(SENT);
  });

  it('sees every round of both loops, and the try that failed', async () => {
    expect(await passes(page, 'Teams')).toBe('Pass 3 of 3');
    expect(await passes(page, 'People')).toBe('Pass 5 of 5');
    expect(await passes(page, 'Send')).toBe('Pass 3 of 3');
    await step(page, 'Send').getByText('2 tries').waitFor();
    await choosePass(page, 2);
    await page.getByRole('tab', { name: /^Tries/ }).click();
    expect(await page.getByRole('tabpanel').getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^Failed\s+item 1, try 1[^]*503/),
      expect.stringMatching(/^Done\s+item 1, try 2/),
    ]);
    await shoot(page, 'engine-tries');
  });

  it('sees what the join brought together and which item took the error branch', async () => {
    const join = await openStep(page, 'Join');
    await join.getByText('3 items').waitFor();
    expect(await itemsOf(join)).toEqual([
      { name: 'ann', score: 3 },
      { name: 'bob', score: 5 },
      { name: 'cy', score: 8 },
    ]);
    const excused = await openStep(page, 'Excused');
    await excused.getByRole('tab', { name: 'Input' }).click();
    expect(await itemsOf(excused)).toEqual([expect.objectContaining({ json: expect.objectContaining({ name: 'bob' }) })]);
  });

  it('comes from the step that called a workflow to the runs it called, and back', async () => {
    const greet = await openStep(page, 'Greet');
    await shoot(page, 'engine-calls');
    await greet.getByRole('link', { name: 'Open the run for item 2' }).click();
    await step(page, 'Edit fields').click();
    await page.getByText('Hello cy').waitFor();
    await page.getByRole('link', { name: 'Open the run that called it' }).click();
    await page.waitForURL(new RegExp(`${failedRun}$`));
    await step(page, 'Greet').waitFor();
    expect(new URL(page.url()).pathname).toBe(failedRun);
  });

  it('resumes: what was done is skipped, and only what is missing is sent', async () => {
    await page.getByRole('button', { name: /^Resume/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Resume this run' });
    await dialog.getByText('4 steps that are already done are skipped; 2 run again.').waitFor();
    await dialog.getByText('Tell · what is still missing').waitFor();
    await shoot(page, 'engine-resume');
    await dialog.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.waitForURL((url) => url.pathname !== failedRun);
    await step(page, 'Tell')
      .and(page.getByRole('group', { name: /Succeeded/ }))
      .waitFor();
    await showAll(page);
    expect(await paths()).toEqual([...SENT, '/report/bob', '/tell/cy'].toSorted());
    await openStep(page, 'Send');
    await step(page, 'Send').getByText('done before').waitFor();
    await shoot(page, 'engine-resumed');
    await page.getByText('It was done in an earlier run and not repeated.').waitFor();
    await page.getByRole('link', { name: 'Goes on with an earlier run' }).click();
    await page.waitForURL(new RegExp(`${failedRun}$`));
    await page.getByRole('link', { name: 'Continued in a later run' }).waitFor();
    expect(desk.window.faults).toEqual([]);
  });
});
