import type { Locator, Page } from 'playwright-core';
import { step } from './editor.ts';

/** Chooses a step of a run on the canvas. @returns the panel with its data */
export async function openStep(page: Page, name: string): Promise<Locator> {
  await step(page, name).click();
  const panel = page.getByRole('complementary', { name, exact: true });
  await panel.waitFor();
  return panel;
}

/** What the panel says about how often a step ran. */
export async function passes(page: Page, name: string): Promise<string> {
  const panel = await openStep(page, name);
  return panel.getByRole('combobox', { name: 'Which pass of the step' }).innerText();
}

/** Shows another pass of the chosen step. @param number from 1 */
export async function choosePass(page: Page, number: number): Promise<void> {
  await page.getByRole('combobox', { name: 'Which pass of the step' }).click();
  await page.getByRole('option', { name: new RegExp(`^Pass ${number} `) }).click();
}

/** The items that the panel shows, read as JSON. */
export async function itemsOf(panel: Locator): Promise<unknown> {
  await panel.getByRole('button', { name: 'Show as JSON' }).click();
  return JSON.parse(await panel.getByRole('region', { name: 'Items as JSON' }).innerText()) as unknown;
}
