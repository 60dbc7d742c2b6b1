import type { Browser } from 'playwright-core';
import { createOwner, startProduct, type Product, type ProductOptions, type SignedIn } from '@millwright/testing';
import { launchBrowser, openWindow, takeSession, type View, type Window } from './browser.ts';

/** A running product that nobody has set up yet, with a browser window at it. */
export interface FreshDesk {
  readonly product: Product;
  readonly browser: Browser;
  readonly window: Window;
  /** Closes the browser and removes the product. */
  readonly close: () => Promise<void>;
}

/** A running product whose first owner is signed in at the window. */
export interface Desk extends FreshDesk {
  readonly owner: SignedIn;
  /** Opens another window of the owner. */
  readonly open: (view?: View) => Promise<Window>;
}

/** Starts a product and opens a window at it. */
export async function openFreshDesk(options?: ProductOptions): Promise<FreshDesk> {
  const product = await startProduct(options);
  const browser = await launchBrowser().catch(async (thrown: unknown) => {
    await product.remove();
    throw thrown;
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await product.remove();
  };
  return { product, browser, window: await openWindow(browser, product.url), close };
}

/** Starts a product, creates its owner and opens a window of theirs. */
export async function openDesk(options?: ProductOptions): Promise<Desk> {
  const desk = await openFreshDesk(options);
  const { product, browser, window } = desk;
  const owner = await createOwner(product);
  await takeSession(window, product, owner);
  const open = async (view?: View): Promise<Window> => {
    const opened = await openWindow(browser, product.url, view);
    await takeSession(opened, product, owner);
    return opened;
  };
  return { ...desk, owner, open };
}
