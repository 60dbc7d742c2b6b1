/**
 * `npm run screenshots`: starts the product, fills it, and photographs every screen and state into `test-results/screenshots/all`,
 * with an `index.html` to look at them side by side. Light and dark; 1440×900, 1024×768 and 320 px wide.
 *
 * Options: `--only editor,runs` screens whose names begin so, `--widths 320` windows of these widths, px (default all), `--dist FOLDER` an
 * app that is built already.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openWindow, takeSession, type View, type Window } from '../../apps/web/e2e/browser.ts';
import { ROOT } from '../../packages/testing/src/index.ts';
import { openGround, type Ground } from '../bench/web/ground.ts';
import { makeData } from './data.ts';
import { screensOf, type Screen } from './screens.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, widths: { type: 'string', default: '' }, dist: { type: 'string' } },
});
const partsOf = (list: string): readonly string[] => list.split(',').filter((part) => part !== '');
const only = partsOf(values.only);

const FOLDER = path.join(ROOT, 'test-results/screenshots/all');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 320, height: 800 },
] as const;
const widths = partsOf(values.widths).map(Number);
const sizes = widths.length === 0 ? SIZES : SIZES.filter(({ width }) => widths.includes(width));
if (sizes.length === 0) throw new Error(`--widths is of ${SIZES.map(({ width }) => width).join(', ')}`);
const THEMES = ['light', 'dark'] as const;
/** Below this nobody edits: pictures of editing are left out, px. */
const ROOM_PX = 768;
/** Time that panels and the camera take to come to rest, ms. */
const REST_MS = 450;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const nameOf = (view: View): string => `${view.width}-${view.theme}`;

/** Photographs one screen; what cannot be shown is named, and the rest goes on. */
async function shoot(window: Window, screen: Screen, view: View): Promise<string | null> {
  const { page } = window;
  try {
    await screen.go(page);
    await page.waitForTimeout(REST_MS);
    await page.screenshot({ path: path.join(FOLDER, nameOf(view), `${screen.name}.png`) });
    return null;
  } catch (thrown) {
    return `${nameOf(view)} ${screen.name}: ${thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : String(thrown)}`;
  }
}

async function shootView(ground: Ground, screens: readonly Screen[], view: View): Promise<readonly string[]> {
  mkdirSync(path.join(FOLDER, nameOf(view)), { recursive: true });
  const outside = await openWindow(ground.browser, ground.url, view);
  const inside = await openWindow(ground.browser, ground.url, view);
  await takeSession(inside, ground, ground.owner);
  const missing: string[] = [];
  for (const screen of screens) {
    if (screen.needsRoom === true && (view.width ?? 0) < ROOM_PX) continue;
    const fault = await shoot(screen.isOutside === true ? outside : inside, screen, view);
    if (fault !== null) missing.push(fault);
  }
  await outside.context.close();
  await inside.context.close();
  return missing;
}

/** A page with all pictures, one row for each screen. */
function writeIndex(screens: readonly Screen[], views: readonly View[]): void {
  const rows = screens.map(({ name, needsRoom }) => {
    const cells = views.map((view) =>
      needsRoom === true && (view.width ?? 0) < ROOM_PX
        ? '<td></td>'
        : `<td><a href="${nameOf(view)}/${name}.png"><img loading="lazy" alt="${name}, ${nameOf(view)}" src="${nameOf(view)}/${name}.png"></a></td>`,
    );
    return `<tr><th>${name}</th>${cells.join('')}</tr>`;
  });
  const style =
    'body{font:14px system-ui}img{max-width:360px;max-height:300px;border:1px solid #ccc}th{text-align:left;vertical-align:top}';
  writeFileSync(
    path.join(FOLDER, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens</title><style>${style}</style><table>${rows.join('\n')}</table></html>`,
  );
}

const ground = await openGround(values.dist);
try {
  rmSync(FOLDER, { recursive: true, force: true });
  const all = screensOf(await makeData(ground.owner));
  const screens = only.length === 0 ? all : all.filter(({ name }) => only.some((part) => name.startsWith(part)));
  const views = sizes.flatMap((size) => THEMES.map((theme): View => ({ ...size, theme })));
  const missing: string[] = [];
  for (const view of views) {
    missing.push(...(await shootView(ground, screens, view)));
    say(nameOf(view));
  }
  writeIndex(screens, views);
  for (const fault of missing) say(`not taken: ${fault}`);
  say(path.join(FOLDER, 'index.html'));
  process.exitCode = missing.length > 0 ? 1 : 0;
} finally {
  await ground.close();
}
