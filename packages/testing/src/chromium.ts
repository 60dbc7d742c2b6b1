import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Switches that keep a headless Chromium from calling home, and let it run as root. */
export const CHROMIUM_SWITCHES: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of an installed Chromium or Chrome (`MILLWRIGHT_CHROMIUM` first), or null. */
export function findChromium(): string | null {
  const named = process.env['MILLWRIGHT_CHROMIUM'];
  return [...(named ? [named] : []), ...PLACES].find((place) => existsSync(place)) ?? null;
}
