import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger, createProgress, Lifecycle, loadConfig, runProgram, Secret } from './index.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void, pretty = false): string {
  const lines: string[] = [];
  write(createLogger({ level: 'trace', name: 'test', pretty, destination: { write: (line) => lines.push(line) } }));
  return lines.join('');
}

describe('a secret', () => {
  it('never shows, however it is printed', () => {
    const secret = new Secret('hidden');
    for (const text of [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
      logged((log) => log.info({ secret }, 'x')),
    ]) {
      expect(text).toContain('[secret]');
      expect(text).not.toContain('hidden');
    }
    expect(secret.reveal()).toBe('hidden');
  });
});

describe('the logger', () => {
  it('cuts fields that carry secrets by name, up to three objects down', () => {
    const text = logged((log) =>
      log.info(
        {
          password: 'hidden',
          a: { token: 'hidden', b: { cookie: 'hidden', c: { 'set-cookie': 'hidden', apiKey: 'hidden', ok: 'kept' } } },
        },
        'x',
      ),
    );
    expect(text).not.toContain('hidden');
    expect(text).toContain('kept');
  });

  it.each([false, true])('keeps rows, requests and URL passwords that hang on errors out (pretty: %s)', (pretty) => {
    const cause = new Error('connect postgres://user:hidden@host/db failed');
    const err = Object.assign(new Error('query failed', { cause }), {
      code: '23505',
      detail: 'Key (email)=(hidden)',
      request: { headers: 'hidden' },
    });
    const text = logged((log) => log.error({ err }, 'x'), pretty);
    expect(text).not.toContain('hidden');
    expect(text).toContain('query failed');
  });
});

describe('loadConfig', () => {
  const schema = z.object({
    PORT: z.coerce.number('must be a number'),
    NAME: z.string('is missing'),
    KEY: z.string().min(9, 'is too short').optional(),
  });

  it('reports all faults together, without values', () => {
    const load = (): unknown => loadConfig(schema, { PORT: 'four', KEY: 'hunter2' });
    expect(load).toThrow('PORT: must be a number; NAME: is missing; KEY: is too short');
    expect(load).not.toThrow('hunter2');
  });

  it('takes an empty text as not set', () => {
    expect(loadConfig(schema, { PORT: '1', NAME: 'a', KEY: '' })).toEqual({ PORT: 1, NAME: 'a' });
  });
});

describe('a lifecycle', () => {
  it('stops in reverse order, once, and goes on after a failure', async () => {
    const stopped: string[] = [];
    const lifecycle = new Lifecycle();
    lifecycle.onStop('a', () => void stopped.push('a'));
    lifecycle.onStop('b', () => {
      throw new Error('stuck');
    });
    lifecycle.onStop('c', async () => void stopped.push('c'));
    const [faults] = await Promise.all([lifecycle.stop(1_000), lifecycle.stop(1_000)]);
    expect(stopped).toEqual(['c', 'a']);
    expect(faults).toEqual([{ name: 'b', fault: 'failed', message: 'stuck' }]);
  });

  it('does not wait beyond its deadline', async () => {
    const lifecycle = new Lifecycle();
    lifecycle.onStop('never', async () => new Promise(() => undefined));
    expect(await lifecycle.stop(20)).toMatchObject([{ name: 'never', fault: 'late' }]);
  });

  it('stops at once what comes up after the stop began', async () => {
    const stopped: string[] = [];
    const lifecycle = new Lifecycle();
    await lifecycle.stop(1_000);
    lifecycle.onStop('late comer', () => void stopped.push('late comer'));
    await lifecycle.stop(1_000);
    expect(stopped).toEqual(['late comer']);
  });
});

describe('progress', () => {
  it('says nothing about a short stage and passes its result on', async () => {
    const written: string[] = [];
    const progress = createProgress({ write: (text) => written.push(text) });
    expect(await progress.stage('quick', async () => 7)).toBe(7);
    await expect(
      progress.stage('bad', async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(written).toEqual([]);
  });

  it('shows label, last note and elapsed time of a long one', async () => {
    const written: string[] = [];
    const progress = createProgress({ write: (text) => written.push(text), isTTY: true });
    await progress.stage('long', async (note) => {
      note('half-way');
      await new Promise((resolve) => {
        setTimeout(resolve, 1_500);
      });
    });
    expect(written.some((text) => /long \(half-way\) … 1\.\d s/.test(text))).toBe(true);
    expect(written.at(-1)).toMatch(/long: done after 1\.\d s\n$/);
  });
});

describe('runProgram', () => {
  const env = { PATH: process.env['PATH'] };

  it('rejects with the last lines of a program that failed', async () => {
    const run = runProgram({ name: 'sh', file: 'sh', args: ['-c', 'echo before; echo why >&2; exit 3'], env });
    await expect(run).rejects.toMatchObject({
      code: 'program_failed',
      message: 'sh ended with code 3',
      details: { output: expect.stringContaining('why') },
    });
  });

  it('rejects when there is no such program', async () => {
    await expect(runProgram({ name: 'nothing', file: '/no/such/program', args: [], env })).rejects.toMatchObject({
      code: 'program_failed',
    });
  });
});
