import type { Locator, Page } from 'playwright-core';

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

/** Opens the picker with `/` on the canvas, searches and takes the first hit: it is appended to the chosen step. */
export async function addStep(page: Page, search: string, title: string): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: /^Search steps/ }).fill(search);
  await page.getByRole('option', { name: new RegExp(`^${title}`), selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await step(page, title).waitFor();
}

/** Waits until the draft is on the server. */
export async function saved(page: Page): Promise<void> {
  await page
    .getByRole('status', { name: /^Saved/ })
    .or(page.getByText('Saved', { exact: true }))
    .first()
    .waitFor();
}
