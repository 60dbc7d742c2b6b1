import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOf, openRunner, outcomeOf } from './testing.ts';
import type { CodeCall, CodeRunner } from './types.ts';

const NODES = {
  Lead: {
    items: [{ json: { email: 'ada@a.test' } }, { json: { email: 'grace@a.test' } }, { json: { email: 'third@a.test' } }],
    paired: [1, null],
    params: { limit: 3 },
    context: { currentRunIndex: 1 },
  },
};

describe('what code can use', () => {
  let runner: CodeRunner;
  beforeAll(async () => {
    // Level L1, so that this runs everywhere; the API does not know about walls.
    runner = await openRunner({ bwrap: null, spares: 0 });
  });
  afterAll(async () => {
    await runner.close();
  });

  const data = (changes: object = {}): CodeCall['data'] => ({
    nowMs: Date.UTC(2026, 10, 21, 23, 30),
    seed: 'run:node:0',
    timezone: 'Europe/Berlin',
    nodes: NODES,
    previous: { name: 'Before', params: { city: 'Oslo' }, context: { round: 2 } },
    run: { id: 'run_1' },
    workflow: { id: 'wf_1', name: 'Leads' },
    vars: { region: 'eu' },
    env: { STAGE: 'test' },
    runIndex: 2,
    ...changes,
  });

  /** The value of an expression, or of code with `return`. */
  async function valueOf(code: string, changes: Partial<CodeCall> = {}): Promise<unknown> {
    const source = /^\s*const/.test(code)
      ? `const value = await (async () => { ${code} })(); return { value }`
      : `return { value: ${code} }`;
    const { items } = await runner.run(callOf(source, { data: data(), ...changes }));
    return items[0]?.json['value'];
  }

  it.each([
    ['$input.all().length', 2],
    ['$input.first().json.name', 'Ada'],
    ['$input.last().json.name', 'Grace'],
    ['$input.item.json.name', 'Ada'],
    ['$json.name', 'Ada'],
    ['items[1].json.name', 'Grace'],
    ['$items().length', 2],
    ['$items("Lead").length', 3],
    ['$("Lead").all().length', 3],
    ['$("Lead").first().json.email', 'ada@a.test'],
    ['$("Lead").last().json.email', 'third@a.test'],
    ['$("Lead").item.json.email', 'grace@a.test'],
    ['$("Lead").itemMatching(1) ?? null', null],
    ['$("Lead").params.limit', 3],
    ['$("Lead").context.currentRunIndex', 1],
    ['$("Lead").isExecuted', true],
    ['$("Lead").pairedItem(0).json.email', 'grace@a.test'],
    ['$node["Lead"].parameter.limit', 3],
    ['$node["Lead"].context.currentRunIndex', 1],
    ['$node["Lead"].json.email', 'grace@a.test'],
    ['$input.json.name', 'Ada'],
    ['$input.params.city + $input.context.round + $prevNode.name', 'Oslo2Before'],
    ['this.getInputData().length', 2],
    ['$item(1).$json.name', 'Grace'],
    ['$item().$node["Lead"].json.email', 'grace@a.test'],
    ['$now.toISO()', '2026-11-22T00:30:00.000+01:00'],
    ['$today.toISO()', '2026-11-22T00:00:00.000+01:00'],
    ['DateTime.fromISO("2026-01-01").zoneName', 'Europe/Berlin'],
    ['DateTime.now() instanceof luxon.DateTime', true],
    ['$vars.region + $env.STAGE', 'eutest'],
    ['$run.id + $workflow.name + $execution.id', 'run_1Leadsrun_1'],
    ['$itemIndex + $runIndex', 2],
    ['Buffer.from("ä").toString("base64")', 'w6Q='],
    ['Buffer.from("w6Q=", "base64").toString()', 'ä'],
    ['Buffer.concat([Buffer.from("a"), Buffer.from("b")]).length', 2],
    ['Buffer.from("a") instanceof Uint8Array', true],
    ['atob(btoa("abc"))', 'abc'],
    ['new TextDecoder().decode(new TextEncoder().encode("ä€"))', 'ä€'],
    ['new URL("/b?x=1#h", "https://a.test").href', 'https://a.test/b?x=1#h'],
    [
      '(() => { const url = new URL("https://a.test"); url.searchParams.set("q", "a b&c"); return url.toString(); })()',
      'https://a.test/?q=a+b%26c',
    ],
    ['[...new URLSearchParams("a=1&b=2&a=3").getAll("a")].join()', '1,3'],
    ['JSON.stringify(structuredClone({ a: [1, { b: new Date(0) }] }))', '{"a":[1,{"b":"1970-01-01T00:00:00.000Z"}]}'],
    [
      'require("crypto").createHash("sha256").update("a").digest("hex")',
      'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
    ],
    ['require("node:crypto").createHmac("sha1", "k").update("a").digest("base64")', 'QOfUQcrbF7B/BQNBqiOmgg7YHIs='],
    ['crypto.randomUUID().length', 36],
    ['require("crypto").randomBytes(4).length', 4],
    ['new Intl.NumberFormat("de-DE").format(1234.5)', '1.234,5'],
    ['await new Promise((done) => setTimeout(() => done(7), 5))', 7],
    ['eval("1 + 1")', 2],
    ['new Function("a", "return a + 1")(1)', 2],
    ['(await import("crypto")).createHash("md5").update("").digest("hex")', 'd41d8cd98f00b204e9800998ecf8427e'],
  ])('%s', async (code, expected) => {
    expect(await valueOf(code)).toEqual(expected);
  });

  it('a cipher with a tag deciphers what it enciphered, and refuses what was changed', async () => {
    const code = `const { createCipheriv, createDecipheriv, randomBytes } = require('crypto');
      const key = randomBytes(32), iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const secret = Buffer.concat([cipher.update('hello', 'utf8'), cipher.final()]);
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag());
      const text = decipher.update(secret, undefined, 'utf8') + decipher.final('utf8');
      let refused = false;
      try { createDecipheriv('aes-256-gcm', key, iv).setAuthTag(randomBytes(16)).final(); } catch { refused = true; }
      return [text, refused];`;
    expect(await valueOf(code)).toEqual(['hello', true]);
  });

  it('a node that did not run says so, and has its parameters', async () => {
    const nodes = { Late: { items: [], isExecuted: false, params: { limit: 1 } } };
    const code = '[$("Late").isExecuted, $("Late").params.limit, $("Late").first() ?? null]';
    expect(await valueOf(code, { data: data({ nodes }) })).toEqual([false, 1, null]);
  });

  it('Math.random derives from the seed', async () => {
    const [one, again, other] = await Promise.all([
      valueOf('Math.random()'),
      valueOf('Math.random()'),
      valueOf('Math.random()', { data: data({ seed: 'other' }) }),
    ]);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it.each(["$getWorkflowStaticData('global').count = 1; return []", "this.getWorkflowStaticData('node'); return []"])(
    'static data of a workflow is refused in words that say what to do instead: %s',
    async (source) => {
      const refused = { code: 'code_no_static_data', message: 'Nothing that code writes is kept from one run to the next' };
      expect(await outcomeOf(runner, callOf(source))).toMatchObject(refused);
    },
  );

  it('once per item sees its item, and nothing drops it', async () => {
    const source =
      'console.log($json.name); if ($itemIndex === 0) return; return { name: $json.name, index: $itemIndex, item: $input.item === item }';
    const { items, logs } = await runner.run(callOf(source, { mode: 'each' }));
    expect(items).toEqual([{ json: { name: 'Grace', index: 1, item: true }, from: [1] }]);
    expect(logs).toEqual([
      { itemIndex: 0, level: 'log', text: 'Ada' },
      { itemIndex: 1, level: 'log', text: 'Grace' },
    ]);
  });

  it('variables of one item are not those of the next', async () => {
    const { items } = await runner.run(callOf('let count = 0; count += 1; return { count }', { mode: 'each' }));
    expect(items.map(({ json }) => json['count'])).toEqual([1, 1]);
  });

  it('TypeScript keeps lines and columns', async () => {
    const source =
      'interface Lead { name: string }\nconst lead = { name: 1 as unknown as string } satisfies Lead;\nthrow new Error(lead.name);';
    expect(await outcomeOf(runner, callOf(source, { language: 'typescript' }))).toMatchObject({
      code: 'code_failed',
      details: { line: 3, column: 7 },
    });
  });

  it.each([
    ['javascript', 'const a = 1;\nconst b = = 2;', 2],
    ['javascript', 'return {', 2],
    ['typescript', 'const a: number = 1;\nconst b: = 2;', 2],
    ['typescript', 'enum A { B }', 1],
  ] as const)('a syntax error in %s names the line: %j', async (language, source, line) => {
    expect(await outcomeOf(runner, callOf(source, { language }))).toMatchObject({ code: 'code_syntax', details: { line } });
  });

  it.each([
    ['throw new Error("no")', { code: 'code_failed', message: 'no', details: { line: 1, column: 7, itemIndex: 0 } }],
    ['\n\nnull.name', { code: 'code_failed', details: { line: 3, itemIndex: 0 } }],
    [
      'const deep = () => {\n  missing();\n};\ndeep();',
      { code: 'code_failed', message: 'ReferenceError: missing is not defined', details: { line: 2 } },
    ],
    ['throw "text"', { code: 'code_failed', message: 'text' }],
    ['throw { message: "thing" }', { code: 'code_failed', message: 'thing' }],
    ['throw null', { code: 'code_failed' }],
    ['await Promise.reject(new TypeError("later"))', { code: 'code_failed', message: 'TypeError: later' }],
    ['setTimeout(() => { throw new Error("in a timer") }, 1); await new Promise(() => {})', { code: 'code_failed', message: 'in a timer' }],
    ['throw Object.assign(new Error("x"), { code: "code_runner_lost" })', { code: 'code_failed' }],
    ['$("Nobody").first()', { code: 'code_failed', message: 'There is no node "Nobody" before this one; there is: Lead' }],
  ])('%j fails with its line', async (source, expected) => {
    expect(await outcomeOf(runner, callOf(source, { data: data() }))).toMatchObject(expected);
  });

  it('an error in one item names the item', async () => {
    expect(await outcomeOf(runner, callOf('if ($itemIndex === 1) throw new Error("second")', { mode: 'each' }))).toMatchObject({
      details: { itemIndex: 1 },
    });
  });

  it('logs are bounded, and control characters written out', async () => {
    const { logs } = await runner.run(
      callOf('console.warn("\\x1b[31mred", { a: 1 }); for (let i = 0; i < 500; i++) console.log(i, "x".repeat(20000)); return []'),
    );
    expect(logs[0]).toEqual({ itemIndex: 0, level: 'warn', text: '\\u001b[31mred {"a":1}' });
    expect(logs.length).toBeLessThan(100);
    expect(logs.at(-1)?.text).toMatch(/^\d+ more lines were not kept$/);
  });

  it('logs of code that fails are heard as they come', async () => {
    const heard: string[] = [];
    await outcomeOf(runner, callOf('console.log("before"); for (;;);', { timeoutMs: 500, onLog: ({ text }) => heard.push(text) }));
    expect(heard).toEqual(['before']);
  });

  it('a call that is aborted throws the reason, and its process is gone', async () => {
    const stop = new AbortController();
    const running = runner.run(callOf('for (;;);', { signal: stop.signal }));
    setTimeout(() => {
      stop.abort(new Error('cancelled'));
    }, 50);
    await expect(running).rejects.toThrow('cancelled');
    expect(await outcomeOf(runner, callOf('return []'))).toMatchObject({ result: { items: [] } });
  });
});
