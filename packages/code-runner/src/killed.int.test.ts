import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually, isStillRunning, processesBelow } from '@millwright/testing';
import { describe, expect, it } from 'vitest';
import { HAS_BWRAP } from './testing.ts';

/** A process with a runner, and a call in it that never ends; it writes a line once the code runs. */
const program = (source: string, options: string): string => `
  const { callOf, openRunner } = await import(${JSON.stringify(path.join(import.meta.dirname, 'testing.ts'))});
  const runner = await openRunner(${options});
  const onLog = ({ text }) => process.stdout.write(text);
  await runner.run(callOf(${JSON.stringify(`console.log("inside"); ${source}`)}, { timeoutMs: 600_000, onLog }));
`;

describe.runIf(process.platform === 'linux').each([
  ['L2', HAS_BWRAP, '{ spares: 1 }'],
  ['L1', true, '{ spares: 1, bwrap: null }'],
] as const)('a runner at level %s whose process is killed', (_level, isPossible, options) => {
  it.skipIf(!isPossible).each([
    ['an endless loop', 'for (;;);'],
    ['a promise that waits', 'await new Promise((done) => setTimeout(done, 600_000));'],
  ])('leaves no sandbox in %s behind, and no spare', async (_what, source) => {
    const args = ['--no-warnings', '--input-type=module', '-e', program(source, options)];
    const owner = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = (await once(owner.stdout, 'data')) as [Buffer];
      expect(line.toString()).toBe('inside');
      const inside = processesBelow(owner.pid ?? 0);
      expect(inside.length).toBeGreaterThan(1);
      owner.kill('SIGKILL');
      await eventually(() => !inside.some(isStillRunning));
      expect(inside.filter(isStillRunning)).toEqual([]);
    } finally {
      owner.kill('SIGKILL');
    }
  });
});
