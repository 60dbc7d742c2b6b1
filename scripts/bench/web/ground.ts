import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser, openWindow, takeSession, type Window } from '../../../apps/web/e2e/browser.ts';
import { putLarge } from '../../../apps/web/e2e/large.ts';
import { createLogger } from '../../../packages/platform/src/index.ts';
import { startInfrastructure } from '../../../packages/supervisor/src/index.ts';
import { createOwner, ROOT, startProduct, type SignedIn } from '../../../packages/testing/src/index.ts';

/** What the web app is measured on: a production build of its own, the real server with real documents, a real browser. */
export interface Ground {
  /** Address of the server. */
  readonly url: string;
  readonly owner: SignedIn;
  readonly browser: Browser;
  /** Folder of the built app. */
  readonly dist: string;
  /** A window; its owner is signed in unless told otherwise. */
  readonly open: (isSignedIn?: boolean) => Promise<Window>;
  /** Id of a stored workflow of so many steps; made once. */
  readonly workflow: (nodes: number) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Takes down in the opposite order, whatever fails. */
async function undo(steps: readonly (() => Promise<void>)[]): Promise<void> {
  for (const step of steps.toReversed()) await step().catch(() => undefined);
}

/** Builds the web app for production into a folder of its own. */
async function buildWeb(outDir: string): Promise<void> {
  await build({
    root: path.join(ROOT, 'apps/web'),
    configFile: path.join(ROOT, 'apps/web/vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
}

/**
 * Starts all that is needed.
 * @param built folder of an app that is built already; undefined builds one
 */
export async function openGround(built: string | undefined): Promise<Ground> {
  const down: (() => Promise<void>)[] = [];
  try {
    const folder = await mkdtemp(path.join(tmpdir(), 'millwright-bench-web-'));
    down.push(() => rm(folder, { recursive: true, force: true }));
    const dist = built === undefined ? path.join(folder, 'dist') : path.resolve(built);
    if (built === undefined) await buildWeb(dist);
    const log = createLogger({ level: 'error', name: 'bench', pretty: true });
    const servers = await startInfrastructure({ dataDir: path.join(folder, 'data'), env: process.env, log });
    down.push(() => servers.stop());
    const { adminUrl, temporalAddress } = servers;
    const product = await startProduct({ adminUrl, temporalAddress, env: { MILLWRIGHT_WEB_DIST: dist } });
    down.push(() => product.remove());
    const owner = await createOwner(product);
    const browser = await launchBrowser();
    down.push(() => browser.close());
    const known = new Map<number, Promise<string>>();
    return {
      url: product.url,
      owner,
      browser,
      dist,
      open: async (isSignedIn = true) => {
        const window = await openWindow(browser, product.url);
        if (isSignedIn) await takeSession(window, product, owner);
        return window;
      },
      workflow: (nodes) => {
        const found = known.get(nodes) ?? putLarge(owner, nodes);
        known.set(nodes, found);
        return found;
      },
      close: () => undo(down),
    };
  } catch (thrown) {
    await undo(down);
    throw thrown;
  }
}
