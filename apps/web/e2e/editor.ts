import type { Locator, Page } from 'playwright-core';
import { rested } from './browser.ts';

/** The graph as people see it. */
export function canvas(page: Page): Locator {
  return page.getByRole('application', { name: /^Workflow graph/ });
}

/** A step on the canvas, by its name. */
export function step(page: Page, name: string): Locator {
  return canvas(page).getByRole('group', { name: new RegExp(`^${name},`) });
}

/** The panel of the chosen step. */
export function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Step' });
}

/** A new step opens with the keyboard in its panel: a key that is pressed before that goes elsewhere. */
async function opens(page: Page, title: string): Promise<void> {
  await step(page, title).waitFor();
  await inspector(page).locator(':focus').waitFor({ state: 'attached' });
}

/** Searches the open picker and takes the first hit. */
async function takeFirst(page: Page, search: string, title: string): Promise<void> {
  await page.getByRole('combobox', { name: /^Search steps/ }).fill(search);
  await page.getByRole('option', { name: new RegExp(`^${title}`), selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await opens(page, title);
}

/** On the list of workflows, makes a blank one that begins with a trigger. @param trigger what its button says; @param title the name of its step */
export async function newWorkflow(page: Page, trigger: RegExp, title: string): Promise<void> {
  await page
    .getByRole('button', { name: /New workflow/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /^Blank workflow/ }).click();
  await page.getByRole('button', { name: trigger }).click();
  await opens(page, title);
}

/** Opens the picker with `/` on the canvas, searches and takes the first hit: it is appended to the chosen step. */
export async function addStep(page: Page, search: string, title: string): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('/');
  await takeFirst(page, search, title);
}

/** Gives the chosen step a name. */
export async function rename(page: Page, name: string): Promise<void> {
  const field = inspector(page).getByRole('textbox', { name: 'Name of the step' });
  await field.fill(name);
  await field.press('Tab');
  await step(page, name).waitFor();
}

/** Presses the `+` of a free way out. @param wayOut its place among the ways out that are still free, from the top */
export async function addStepAt(page: Page, from: { readonly step: string; readonly wayOut: number }, title: string): Promise<void> {
  await whole(page, from.step).getByRole('button', { name: 'Add a step here' }).nth(from.wayOut).click();
  await takeFirst(page, title, title);
}

/** A step with its ports. */
function whole(page: Page, name: string): Locator {
  return page.locator('.react-flow__node').filter({ has: page.getByRole('group', { name: new RegExp(`^${name},`) }) });
}

/** Draws a line with the mouse. @param from output port, as `step:port`; @param to input port */
export async function drawLine(page: Page, from: string, to: string): Promise<void> {
  const [source = '', output = 'main'] = from.split(':');
  const [target = '', input = 'main'] = to.split(':');
  const lines = page.locator('.react-flow__edge');
  const before = await lines.count();
  const start = await whole(page, source).locator(`.react-flow__handle.source[data-handleid="${output}"]`).boundingBox();
  const end = await whole(page, target).locator(`.react-flow__handle.target[data-handleid="${input}"]`).boundingBox();
  if (!start || !end) throw new Error(`no ports for ${from} → ${to}`);
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x - 20, end.y - 20, { steps: 6 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 });
  await page.mouse.up();
  await lines.nth(before).waitFor({ state: 'attached' });
}

/** Shows the whole graph, with no step chosen. */
export async function showAll(page: Page): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show everything' }).click();
  await rested(page);
}

/** Chooses from a list box of the chosen step. */
export async function choose(page: Page, name: string | RegExp, option: string | RegExp): Promise<void> {
  await inspector(page).getByRole('combobox', { name, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Fills a text field of the chosen step. */
export async function fill(page: Page, name: string | RegExp, text: string): Promise<void> {
  await inspector(page).getByRole('textbox', { name, exact: true }).fill(text);
}

/** Gives a thing of a service by its id, in a field of the chosen step that offers a list. */
export async function enterId(page: Page, name: string | RegExp, id: string): Promise<void> {
  // A person clicks the label: the radio itself lies out of sight under it.
  await inspector(page).getByText('By id', { exact: true }).click();
  await fill(page, name, id);
}

/** Opens a field that may hold data as an expression, empty. */
async function openExpression(page: Page, field: string): Promise<void> {
  const button = inspector(page).getByRole('button', { name: `${field}: value from data`, exact: true });
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  await inspector(page).getByRole('textbox', { name: field }).click();
  await page.keyboard.press('ControlOrMeta+A');
}

/** Types into a field that may hold data, as an expression. */
export async function writeExpression(page: Page, field: string, text: string): Promise<void> {
  await openExpression(page, field);
  await page.keyboard.insertText(text);
}

/** Refers to data of an earlier step: takes it from the list of proposals by its name. */
export async function writeReference(page: Page, field: string, name: string, path: string): Promise<void> {
  await openExpression(page, field);
  await page.keyboard.type("{{ $('");
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await page.keyboard.insertText(`${path} }}`);
}

/** Waits until the dialog that publishes has the keyboard and knows what it would publish: until then its button is busy. */
export async function canPublish(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Publish/ });
  await dialog.locator(':focus').waitFor({ state: 'attached' });
  await dialog.getByRole('button', { name: 'Publish', exact: true, disabled: false }).waitFor();
}

/** Publishes the draft. */
export async function publish(page: Page, version: number): Promise<void> {
  await saved(page);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page
    .getByRole('dialog', { name: /^Publish/ })
    .getByRole('button', { name: 'Publish' })
    .click();
  await page.getByText(`Live v${version}`).waitFor();
}

/** Waits until the draft is on the server. */
export async function saved(page: Page): Promise<void> {
  await page
    .getByRole('status', { name: /^Saved/ })
    .or(page.getByText('Saved', { exact: true }))
    .first()
    .waitFor();
}
