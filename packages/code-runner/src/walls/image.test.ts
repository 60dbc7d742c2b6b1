import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

it('the image brings what walls of level L2 and Python are made of, and runs without rights', async () => {
  const file = await readFile(path.join(import.meta.dirname, '../../../../Dockerfile'), 'utf8');
  const last = file.slice(file.lastIndexOf('\nFROM '));
  expect(last).toMatch(/apt-get install [^\n]*\bbubblewrap\b[^\n]*\bpython3\b/);
  // Installed as root, run as somebody else.
  expect(last.indexOf('apt-get install')).toBeLessThan(last.indexOf('USER node'));
});
