/**
 * What tests need beyond the lockfile: a Chromium, bubblewrap, the Temporal server's binaries, Radicale and a built web app.
 * On Debian as root the first two come by apt; elsewhere this says how to get them. `--without-browser`: neither Chromium nor the web app's build.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureTemporalServer, ensureWebApp } from '../packages/testing/src/prepare.ts';
import { findChromium } from '../packages/testing/src/chromium.ts';
import { ensureRadicale } from '../packages/testing/src/radicale.ts';

const isBrowserAsked = !process.argv.includes('--without-browser');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Installs Debian packages as root, or says what to install. */
function ensurePackages(missing: readonly string[]): void {
  if (missing.length === 0) return;
  const debian = existsSync('/etc/debian_version') && isInstalled('apt-get');
  if (debian && process.getuid?.() === 0) {
    say(`installing ${missing.join(' and ')} by apt`);
    const options = { stdio: ['ignore', 'ignore', 'inherit'] as const, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], { ...options, stdio: [...options.stdio] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { ...options, stdio: [...options.stdio] });
    return;
  }
  say(`This needs ${missing.join(' and ')}. Install ${missing.length === 1 ? 'it' : 'them'} and run again:`);
  say(
    debian
      ? `  sudo apt-get install ${missing.join(' ')}`
      : "  with your system's package manager; MILLWRIGHT_CHROMIUM names another Chromium or Chrome",
  );
  process.exit(1);
}

ensurePackages([
  ...(isBrowserAsked && findChromium() === null ? ['chromium'] : []),
  ...(process.platform === 'linux' && !isInstalled('bwrap') ? ['bubblewrap'] : []),
]);
await ensureTemporalServer(say);
ensureRadicale(say);
if (isBrowserAsked) await ensureWebApp(say);
