import type { StoredBlob } from '@millwright/blobs';
import type { CodeCall, CodeResult } from '@millwright/code-runner';
import { TransientError, UserError } from '@millwright/core';
import type { EgressRequest } from '@millwright/egress';
import type { NodeCall } from '@millwright/executor';
import type { CodeProgram } from '@millwright/node-sdk';
import type { PlanNode, RunHeader } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { createNodeCode, type CodeMachinery } from './node-code.ts';

const program: CodeProgram = { language: 'javascript', source: 'return 1', mode: 'all', timeoutMs: 1000, oneShot: false };
const ITEMS = [{ json: { n: 1 } }, { json: 'plain', files: { a: { id: 'blob' } } }];

interface Trial {
  readonly sandbox: (call: CodeCall) => Promise<CodeResult>;
  readonly call?: Partial<NodeCall>;
  readonly files?: CodeMachinery['files'];
}

/** Runs a program with a sandbox that does what the test says. */
function trial({ sandbox, call = {}, files }: Trial) {
  const given: CodeCall[] = [];
  const sent: EgressRequest[] = [];
  const stored: string[] = [];
  const nodeCall: NodeCall = {
    header: { runId: 'run_1', workspaceId: 'ws_1' } as RunHeader,
    node: { id: 'n', type: 'core.code', version: 1, effect: 'code' } as PlanNode,
    parameters: {},
    items: ITEMS,
    itemIndex: -1,
    runIndex: 0,
    attempt: 1,
    idempotencyKey: null,
    nowMs: 0,
    signal: new AbortController().signal,
    beforeSend: async (hash) => void stored.push(hash),
    credentials: {},
    data: () => ({ nodes: {} }),
    ...call,
  };
  const runner = {
    run: async (one: CodeCall) => {
      given.push(one);
      return sandbox(one);
    },
  };
  const egress = {
    request: async (request: EgressRequest) => {
      sent.push(request);
      return { status: 200, headers: {}, body: new Uint8Array(), url: request.url };
    },
  };
  const port = createNodeCode({ runner, packages: ['zod'], ...(files === undefined ? {} : { files }) }, egress, nodeCall);
  return { run: () => port.run(program), given, sent, stored };
}

const answer = async (): Promise<CodeResult> => ({ items: [{ json: { a: 1 }, from: [1] }, { json: { b: 2 } }], logs: [] });
const request = (method: string) => ({
  method,
  url: 'https://example.com/',
  headers: {},
  body: null,
  signal: new AbortController().signal,
  maxBytes: 10,
});

describe('a program', () => {
  it('gets its items as objects, what expressions read, and the packages that an admin allowed, in the workspace of its run', async () => {
    const { run, given } = trial({ sandbox: answer });
    expect(await run()).toEqual([{ json: { a: 1 }, from: [1] }, { json: { b: 2 } }]);
    expect(given).toMatchObject([
      {
        workspaceId: 'ws_1',
        projectId: 'default',
        source: 'return 1',
        packages: ['zod'],
        data: { nodes: {} },
        items: [{ json: { n: 1 } }, { json: { value: 'plain' }, files: { a: { id: 'blob' } } }],
      },
    ]);
  });

  it('of one item gets that item only, and what it gives comes from it', async () => {
    const [item] = ITEMS;
    const { run, given } = trial({ sandbox: answer, call: { itemIndex: 0, ...(item === undefined ? {} : { item }) } });
    expect(await run()).toEqual([
      { json: { a: 1 }, from: [0] },
      { json: { b: 2 }, from: [0] },
    ]);
    expect(given[0]?.items).toEqual([{ json: { n: 1 } }]);
  });

  it('tells its lines with the item that they are about', async () => {
    const lines: unknown[] = [];
    const sandbox = async (call: CodeCall): Promise<CodeResult> => {
      call.onLog?.({ itemIndex: 0, level: 'warn', text: 'hm' });
      return answer();
    };
    await trial({ sandbox, call: { itemIndex: 1, log: (line) => lines.push(line) } }).run();
    expect(lines).toEqual([{ itemIndex: 1, level: 'warn', text: 'hm' }]);
  });

  it('that is to blame is shown at its field', async () => {
    const fault = new UserError('unprocessable', { code: 'code_failed', message: 'x', hint: 'h', details: { line: 3 } });
    await expect(trial({ sandbox: () => Promise.reject(fault) }).run()).rejects.toMatchObject({
      code: 'code_failed',
      kind: 'unprocessable',
      hint: 'h',
      details: { line: 3, field: 'source' },
    });
  });
});

describe('what a program sends', () => {
  it('leaves by the one way out; that it does is stored once, before the first request that changes something', async () => {
    const order: string[] = [];
    const { run, sent } = trial({
      sandbox: async ({ fetch }) => {
        await fetch?.(request('get'));
        expect(order).toEqual([]);
        await Promise.all([fetch?.(request('post')), fetch?.(request('delete'))]);
        return answer();
      },
      call: { beforeSend: async () => void order.push('stored') },
    });
    await run();
    expect(order).toEqual(['stored']);
    expect(sent.map(({ method, maxBytes }) => [method, maxBytes])).toEqual([
      ['GET', 10],
      ['POST', 10],
      ['DELETE', 10],
    ]);
    expect(sent.flatMap(({ headers = {} }) => Object.keys(headers))).toEqual([]);
  });

  it('stays here when that cannot be stored; a program that hides it does not hide a fault of ours', async () => {
    const away = new TransientError({ code: 'database_unavailable', message: 'away' });
    const { run, sent } = trial({
      sandbox: async ({ fetch }) => {
        await fetch?.(request('POST')).catch(() => undefined);
        return answer();
      },
      call: { beforeSend: () => Promise.reject(away) },
    });
    await expect(run()).rejects.toBe(away);
    expect(sent).toEqual([]);
  });
});

describe('files of a program', () => {
  const KEPT = { blobId: 'blob_1', sizeBytes: 3, sha256: 'ab', count: null } as unknown as StoredBlob;
  const never = async (): Promise<never> => Promise.reject(new Error('not asked'));
  const bytesOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  async function* content(text: string): AsyncIterable<Uint8Array> {
    yield Buffer.from(text);
  }

  it('are blobs of its run, and a handle says all but the content', async () => {
    const stored: unknown[] = [];
    const seen: unknown[] = [];
    const files: CodeMachinery['files'] = {
      putFile: async (scope, { content: given, mediaType }) => {
        stored.push([scope.workspaceId, scope.runId, mediaType, await bytesOf(given)]);
        return KEPT;
      },
      getFile: async (at) => {
        seen.push(at);
        return { ...KEPT, mediaType: 'text/csv', content: () => content('abc') };
      },
    };
    const sandbox = async (call: CodeCall): Promise<CodeResult> => {
      const made = await call.files?.make({ fileName: 'a.CSV', mimeType: 'text/csv', content: content('abc') });
      const read = await bytesOf(call.files?.read({ id: 'blob_0' }) ?? content(''));
      return { items: [{ json: { read }, files: { made: made ?? {} } }], logs: [] };
    };
    const handle = { id: 'blob_1', fileName: 'a.CSV', fileExtension: 'csv', mimeType: 'text/csv', sizeBytes: 3, sha256: 'ab' };
    expect(await trial({ sandbox, files }).run()).toEqual([{ json: { read: 'abc' }, files: { made: handle } }]);
    expect(stored).toEqual([['ws_1', 'run_1', 'text/csv', 'abc']]);
    expect(seen).toEqual([{ workspaceId: 'ws_1', blobId: 'blob_0' }]);
  });

  it('that the store did not take because it was away are a fault of ours, whatever the program made of it', async () => {
    const away = new TransientError({ code: 'database_unavailable', message: 'away' });
    const sandbox = async (call: CodeCall): Promise<CodeResult> => {
      await call.files?.make({ fileName: 'a', mimeType: 'text/plain', content: content('') }).catch(() => undefined);
      return answer();
    };
    await expect(trial({ sandbox, files: { putFile: () => Promise.reject(away), getFile: never } }).run()).rejects.toBe(away);
  });

  it('that are none are refused', async () => {
    const sandbox = async (call: CodeCall): Promise<CodeResult> => {
      await bytesOf(call.files?.read({ name: 'x' }) ?? content(''));
      return answer();
    };
    await expect(trial({ sandbox, files: { putFile: never, getFile: never } }).run()).rejects.toMatchObject({
      code: 'file_without_content',
    });
  });
});
