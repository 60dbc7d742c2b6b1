import { createClient } from '@millwright/client';
import type { SignedIn } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { openWindow, type View, type Window } from './browser.ts';
import type { Desk } from './desk.ts';
import { step } from './editor.ts';

const PASSWORD = 'correct horse battery staple';

/** Somebody who took an invitation by link, with a window of theirs. */
export interface Guest extends Window {
  readonly client: SignedIn['client'];
}

/** The client of whoever is signed in at a window. */
async function clientOf({ context }: Window, url: string): Promise<SignedIn['client']> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  return createClient({ baseUrl: url, fetch, headers: { origin: url, cookie } });
}

/** Takes an invitation through the screen, as somebody who got its link. */
export async function takeInvitation(desk: Desk, link: string, name: string, view?: View): Promise<Guest> {
  const window = await openWindow(desk.browser, desk.product.url, view);
  await window.page.goto(new URL(link).pathname);
  await window.page.getByRole('textbox', { name: /name/i }).fill(name);
  await window.page.getByRole('textbox', { name: /^Password/ }).fill(PASSWORD);
  await window.page.keyboard.press('Enter');
  await window.page.waitForURL((url) => !url.pathname.startsWith('/invite/'));
  return { ...window, client: await clientOf(window, desk.product.url) };
}

/** Invites somebody over the API, who takes the link. @param email default: made of the name */
export async function inviteGuest(
  desk: Desk,
  name: string,
  role: 'editor' | 'viewer',
  email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
): Promise<Guest> {
  const { link } = await desk.owner.client.invitations.create({ body: { email, role } });
  return takeInvitation(desk, link, name);
}

/** Waits for what the save pill says; a failure tells what it says instead. */
export async function says(page: Page, state: 'saved' | 'saving' | 'offline' | 'problem'): Promise<void> {
  await page
    .locator(`[data-save="${state}"]`)
    .waitFor({ timeout: 40_000 })
    .catch(async () => {
      const instead = await page.locator('[data-save]').allInnerTexts();
      throw new Error(
        `the pill does not come to "${state}": it says "${instead.join()}"; ${(await page.locator('body').innerText()).slice(0, 300)}`,
      );
    });
}

/** Opens the draft of a workflow and waits until it is saved. */
export async function openDraft(page: Page, workflowId: string): Promise<void> {
  await page.goto(`/workflows/${workflowId}`);
  await says(page, 'saved');
}

/** Others at the draft, as the top bar shows them. */
export function person(page: Page, name: string | RegExp) {
  return page.getByRole('group', { name: 'Also here' }).getByRole('button', { name });
}

/** The middle of a step's card in the window. */
export async function middleOf(page: Page, name: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await step(page, name).boundingBox();
  if (!box) throw new Error(`no card ${name}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Takes a step with the mouse and moves it by so much; it is still held afterwards. */
export async function holdAndMove(page: Page, name: string, by: { readonly x: number; readonly y: number }): Promise<void> {
  const { x, y } = await middleOf(page, name);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 4 });
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 });
}
