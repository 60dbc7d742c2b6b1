import type { Page } from 'playwright-core';

/** What a person does in the service's window. */
export interface Consenting {
  readonly account: string;
  readonly answer: 'allow' | 'deny';
}

/** Signs in at the provider's own pages, and answers what it asks. The session there may be known already. */
async function answer(popup: Page, { account, answer: wanted }: Consenting): Promise<void> {
  const login = popup.getByPlaceholder('Enter any login');
  const goOn = popup.getByRole('button', { name: 'Continue' });
  await login.or(goOn).first().waitFor();
  if (wanted === 'deny') {
    await popup.getByRole('link', { name: /Cancel|Abort/i }).click();
    return;
  }
  if (await login.isVisible()) {
    await login.fill(account);
    await popup.getByPlaceholder('and password').fill('any');
    await popup.getByRole('button', { name: 'Sign-in' }).click();
    await goOn.waitFor();
  }
  await goOn.click();
}

/** Clicks what opens the service's window, and goes through it. */
export async function consentIn(page: Page, opener: string | RegExp, consenting: Consenting): Promise<void> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('dialog').getByRole('button', { name: opener }).click();
  await answer(await opened, consenting);
}
