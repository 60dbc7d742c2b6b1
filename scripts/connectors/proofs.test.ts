import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { discoverNodePackages, type DiscoveredPackage } from '@millwright/node-registry';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const { packages } = await discoverNodePackages(ROOT);
const connectors = packages.filter(({ isConnector }) => isConnector);

/** Whether its tests hold the conformance suite. */
async function hasSuite({ dir }: DiscoveredPackage): Promise<boolean> {
  const names = (await readdir(path.join(dir, 'src'))).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(names.map((name) => readFile(path.join(dir, 'src', name), 'utf8')));
  return texts.some((text) => text.includes('describeConnector('));
}

async function badgeOf({ dir }: DiscoveredPackage): Promise<unknown> {
  const text = await readFile(path.join(dir, 'proof.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { readonly badge?: unknown }).badge;
}

// Suites that run compare their counts themselves (`describeConnector`); this is what they cannot see.
describe('the badges that the product shows', () => {
  it.each(connectors.map((one) => [path.basename(one.dir), one] as const))('%s has the one that its tests give', async (_name, one) => {
    const { dir, liveSuite } = one;
    const isSuited = await hasSuite(one);
    expect(liveSuite !== undefined || isSuited, 'no suite proves it: write one, or name it in package.json as millwright.proof.live').toBe(
      true,
    );
    expect(existsSync(path.join(dir, liveSuite ?? '')), `${liveSuite} is not there`).toBe(true);
    const badges = liveSuite === undefined ? ['contract', 'ownContract'] : ['live'];
    expect(badges, 'run `npm run connectors`: it writes proof.json').toContain(await badgeOf(one));
  });
});
