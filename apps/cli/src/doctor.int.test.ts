import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

const MAIN = path.join(import.meta.dirname, 'main.ts');

it('the doctor tries each wall around Code steps in a real sandbox and says what happened', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-doctor-'));
  const { stdout } = spawnSync(process.execPath, [MAIN, 'doctor'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', MILLWRIGHT_DATA: folder, MILLWRIGHT_PORT: '27999' },
  });
  rmSync(folder, { recursive: true, force: true });
  const lines = stdout.split('\n');
  const level = lines.find((line) => /Code steps/.test(line)) ?? '';
  expect(level).toMatch(/level L[123]/);
  for (const wall of ['network', 'files', 'environment', 'processes', 'permission model', 'memory', 'time']) {
    const line = lines.find((one) => one.slice(4).trim().startsWith(wall));
    expect(line).toMatch(/level L2/.test(level) ? /^good/ : /^(good|open|BAD )/);
  }
});
