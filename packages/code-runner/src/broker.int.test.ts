import { UserError } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { callOf, openRunner, outcomeOf, withRunner } from './testing.ts';
import type { BrokeredRequest, BrokeredResponse, CodeCall, CodeRunner } from './types.ts';

const answer = (body: string | Uint8Array, changes: Partial<BrokeredResponse> = {}): BrokeredResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  url: 'https://api.test/final',
  body: typeof body === 'string' ? Buffer.from(body) : body,
  ...changes,
});

describe.each(['javascript', 'python'] as const)('requests of code in %s', (language) => {
  let runner: CodeRunner;
  beforeAll(async () => {
    runner = await openRunner({ spares: 0 });
  });
  afterAll(async () => {
    await runner.close();
  });
  const isSkipped = (): boolean => language === 'python' && !runner.status().python;

  const call = (code: { js: string; py: string }, fetch: CodeCall['fetch']): CodeCall =>
    callOf(language === 'python' ? code.py : code.js, { language, ...(fetch === undefined ? {} : { fetch }) });

  it('go through the given fetch, with method, headers and body', async () => {
    if (isSkipped()) return;
    const seen: BrokeredRequest[] = [];
    const code = {
      js: 'const r = await fetch("https://api.test/x", { method: "post", headers: { "X-A": "1" }, body: "hi ä" }); return { status: r.status, json: (await r.json()).a, url: r.url, type: r.headers.get("Content-Type") }',
      py: 'r = fetch("https://api.test/x", method="post", headers={"X-A": "1"}, body="hi ä")\nreturn {"json": {"status": r.status, "json": r.json()["a"], "url": r.url, "type": r.headers["content-type"]}}',
    };
    const { items } = await runner.run(
      call({ ...code, js: code.js.replace('return {', 'return { json: {').replace(/}$/, '} }') }, async (request) => {
        seen.push(request);
        return answer('{"a":"ok"}');
      }),
    );
    expect(items[0]?.json).toEqual({ status: 200, json: 'ok', url: 'https://api.test/final', type: 'application/json' });
    expect(seen.map(({ method, url, headers, body }) => ({ method, url, headers, body: Buffer.from(body ?? '').toString() }))).toEqual([
      { method: 'POST', url: 'https://api.test/x', headers: { 'x-a': '1' }, body: 'hi ä' },
    ]);
  });

  it('show what the egress refused as an error that code can catch', async () => {
    if (isSkipped()) return;
    const code = {
      js: 'try { await fetch("http://10.0.0.1/") } catch (e) { return { json: { message: e.message } } }',
      py: 'try:\n  fetch("http://10.0.0.1/")\nexcept ConnectionError as e:\n  return {"message": str(e)}',
    };
    const refuse = async (): Promise<never> => {
      throw new UserError('forbidden', { code: 'egress_private_address', message: '10.0.0.1 is not a public address' });
    };
    expect((await runner.run(call(code, refuse))).items[0]?.json).toEqual({ message: '10.0.0.1 is not a public address' });
  });

  it('show nothing of an error that is not ours', async () => {
    if (isSkipped()) return;
    const leak = async (): Promise<never> => {
      throw new Error('secret-token');
    };
    const outcome = await outcomeOf(runner, call({ js: 'await fetch("http://a.test/")', py: 'fetch("http://a.test/")' }, leak));
    expect(outcome).toMatchObject({ code: 'code_failed' });
    expect(JSON.stringify(outcome)).not.toContain('secret-token');
  });

  it('are refused without a fetch', async () => {
    if (isSkipped()) return;
    expect(await outcomeOf(runner, call({ js: 'await fetch("http://a.test/")', py: 'fetch("http://a.test/")' }, undefined))).toMatchObject({
      code: 'code_no_network',
    });
  });

  it('are counted', async () => {
    if (isSkipped()) return;
    let count = 0;
    const code = {
      js: 'for (let i = 0; i < 1000; i++) await fetch("http://a.test/")',
      py: 'for i in range(1000):\n  fetch("http://a.test/")',
    };
    const outcome = await outcomeOf(
      runner,
      call(code, async () => {
        count += 1;
        return answer('{}');
      }),
    );
    expect(outcome).toMatchObject({ code: 'code_failed' });
    expect(count).toBe(LIMITS.fetches);
  });

  it('bring no answer that is too large', async () => {
    if (isSkipped()) return;
    const large = async (): Promise<BrokeredResponse> => answer(new Uint8Array(LIMITS.responseBytes + 1));
    expect(await outcomeOf(runner, call({ js: 'await fetch("http://a.test/")', py: 'fetch("http://a.test/")' }, large))).toMatchObject({
      code: 'code_failed',
      message: expect.stringContaining('larger than') as string,
    });
  });

  it('end with the call', async () => {
    if (isSkipped()) return;
    const hanging = Promise.withResolvers<string>();
    const outcome = await outcomeOf(runner, {
      ...call({ js: 'await fetch("http://a.test/")', py: 'fetch("http://a.test/")' }, async ({ signal }) => {
        signal.addEventListener('abort', () => {
          hanging.resolve('aborted');
        });
        return new Promise(() => undefined);
      }),
      timeoutMs: 400,
    });
    expect(outcome).toMatchObject({ code: 'code_timeout' });
    expect(await hanging.promise).toBe('aborted');
  });
});

describe('requests in JavaScript', () => {
  it('run side by side, and answers find their request', async () => {
    await withRunner({ bwrap: null, spares: 0 }, async (runner) => {
      const source = `const all = await Promise.all([3, 1, 2].map(async (n) => (await fetch('http://a.test/' + n)).text()));
        return { all, last: await (await fetch('http://a.test/9')).text(), help: await this.helpers.httpRequest({ url: 'http://a.test/json', qs: { a: 1 }, json: true }) }`;
      const { items } = await runner.run(
        callOf(source, {
          fetch: async ({ url }) => {
            const name = url.split('/').at(-1) ?? '';
            await new Promise((done) => {
              setTimeout(done, Number(name) * 5 || 1);
            });
            return url.includes('json') ? answer('{"deep":true}', { url }) : answer(name, { url });
          },
        }),
      );
      expect(items[0]?.json).toEqual({ all: ['3', '1', '2'], last: '9', help: { deep: true } });
    });
  });
});
