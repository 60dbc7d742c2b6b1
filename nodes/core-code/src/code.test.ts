import type { CodeProgram } from '@millwright/node-sdk';
import { runAction } from '@millwright/node-sdk/testing';
import { expect, it } from 'vitest';
import { code } from './code.ts';

it('the program is handed to the sandbox as it is written, braces included, and its items come out with where they came from', async () => {
  const given: CodeProgram[] = [];
  const { ports } = await runAction(code, {
    parameters: { source: "return '{{ $json.a }}'" },
    itemIndex: -1,
    code: {
      run: async (program) => {
        given.push(program);
        return [{ json: { a: 1 }, from: [0] }];
      },
    },
  });
  expect(given).toEqual([{ language: 'javascript', mode: 'all', source: "return '{{ $json.a }}'", timeoutMs: 10_000, oneShot: false }]);
  expect(ports).toEqual({ main: [{ json: { a: 1 }, from: [0] }] });
});

it('without a sandbox it does not run', async () => {
  await expect(runAction(code, { parameters: { source: 'return 1' } })).rejects.toMatchObject({ code: 'code_port_missing' });
});
