import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOf, HAS_BWRAP, openRunner, outcomeOf, withRunner } from './testing.ts';
import type { CodeCall, CodeRunner } from './types.ts';

/** What a call leaves, and how a later one in the same process would see it. */
const REMAINS: readonly (readonly [what: string, leave: string, look: string])[] = [
  [
    'globals',
    'globalThis.left = 1; left2 = 2; var left3 = 3',
    'typeof left + typeof left2 + typeof left3 === "undefinedundefinedundefined"',
  ],
  ['Object.prototype', 'Object.prototype.left = 1', '({}).left === undefined'],
  ['Array.prototype', 'Array.prototype.filter = () => ["left"]', '[1].filter(() => true)[0] === 1'],
  ['Function.prototype', 'Function.prototype.left = 1', '(() => 0).left === undefined'],
  ['Promise.prototype', 'Promise.prototype.then = () => 0', 'await Promise.resolve(1) === 1'],
  ['String.prototype', 'String.prototype.trim = () => "left"', '" a ".trim() === "a"'],
  ['Error.prepareStackTrace', 'Error.prepareStackTrace = () => "left"', 'new Error("x").stack !== "left"'],
  ['JSON', 'JSON.stringify = () => "[]"; JSON.left = 1', 'JSON.left === undefined && JSON.stringify([1]) === "[1]"'],
  ['Math.random', 'Math.random = () => 4', 'Math.random() !== 4'],
  ['Date', 'Date.now = () => 4', 'Date.now() !== 4'],
  ['console', 'console.log = () => 0; console.left = 1', 'console.left === undefined'],
  [
    'Buffer',
    'Buffer.left = 1; Buffer.prototype.toString = () => "left"',
    'Buffer.left === undefined && Buffer.from("a").toString() === "a"',
  ],
  [
    'memory of Buffer',
    'for (let i = 0; i < 100; i++) Buffer.from("secret-of-the-call")',
    '!Buffer.from(Buffer.from("a").buffer).toString().includes("secret")',
  ],
  ['memory of allocUnsafe', 'Buffer.allocUnsafe(10000).fill("secret")', '!Buffer.allocUnsafe(10000).toString().includes("secret")'],
  [
    'Luxon',
    'DateTime.prototype.toISO = () => "left"; luxon.Settings.defaultZone = "Asia/Tokyo"',
    'DateTime.fromISO("2026-01-01").zoneName === "Europe/Berlin" && $now.toISO() !== "left"',
  ],
  ['URL', 'URL.prototype.toString = () => "left"; URL.left = 1', 'URL.left === undefined && String(new URL("http://a/")) === "http://a/"'],
  [
    'crypto',
    'require("crypto").createHash = () => "left"; require("crypto").left = 1',
    'require("crypto").left === undefined && crypto.left === undefined',
  ],
  ['require', 'require.left = 1; require = 1', 'typeof require === "function" && require.left === undefined'],
  ['the context of this', 'this.left = 1; this.helpers.left = 1', 'this.left === undefined && this.helpers.left === undefined'],
  ['symbols', 'globalThis[Symbol.for("left")] = 1', 'globalThis[Symbol.for("left")] === undefined'],
  [
    'timers',
    'setTimeout(() => { console.log("left"); globalThis.left = 1 }, 1); setInterval(() => console.log("left"), 1)',
    '(await new Promise((done) => setTimeout(done, 30)), typeof left === "undefined")',
  ],
  [
    'pending promises',
    'let go; globalThis.wait = new Promise((done) => { go = done }); wait.then(() => console.log("left")); setTimeout(go, 5)',
    '(await new Promise((done) => setTimeout(done, 20)), true)',
  ],
  [
    'requests',
    'void fetch("http://slow.test/").then(() => console.log("left"), () => console.log("left"))',
    '(await new Promise((done) => setTimeout(done, 30)), true)',
  ],
  ['template texts', 'globalThis.tag = (parts) => parts; tag`a`.left = 1', '((parts) => parts)`a`.left === undefined'],
  ['regular expressions', '/left/.test("left")', 'RegExp.lastMatch === "" || RegExp.lastMatch === undefined'],
  [
    'finalizers',
    'if (typeof FinalizationRegistry !== "undefined") new FinalizationRegistry(() => console.log("left")).register({}, 1)',
    'typeof FinalizationRegistry === "undefined"',
  ],
  ['items', '$input.all()[0].json.left = 1', '$input.first().json.left === undefined'],
  ['unhandled rejections', 'Promise.reject(new Error("left"))', 'true'],
];

const slow = async (): Promise<never> => {
  await new Promise((done) => {
    setTimeout(done, 10);
  });
  throw new Error('slow');
};

describe.each([
  ['L2', { atLeast: 'L2' }],
  ['L1', { bwrap: null }],
] as const)('two calls in one process at level %s', (level, options) => {
  let runner: CodeRunner;
  beforeAll(async () => {
    if (level === 'L1' || HAS_BWRAP) runner = await openRunner({ ...options, spares: 0, maxProcesses: 1 });
  });
  afterAll(async () => {
    await runner?.close();
  });
  it.skipIf(level === 'L2' && !HAS_BWRAP).each(REMAINS)('share no %s', async (_what, leave, look) => {
    const changes: Partial<CodeCall> = { fetch: slow, timeoutMs: 10_000 };
    await runner.run(callOf(`${leave};\nreturn []`, changes));
    const { items, logs } = await runner.run(callOf(`return { isClean: ${look} }`, changes));
    expect(items[0]?.json).toEqual({ isClean: true });
    expect(logs).toEqual([]);
  });
});

describe.skipIf(!HAS_BWRAP)('processes (bubblewrap is not installed: skipped)', () => {
  /** Only files outlast a call; they tell whether a process was somebody's before. Loading a module of Node ends a process, so Python is no witness either. */
  const witness = 'return { id: require("fs").readdirSync("/tmp").length }';

  it('two projects, and two workspaces, never share a process', async () => {
    await withRunner({ spares: 0, maxProcesses: 10 }, async (runner) => {
      const owners = ['ws_one', 'ws_two'].flatMap((workspaceId) => ['p1', 'p2'].map((projectId) => ({ workspaceId, projectId })));
      for (const owner of owners) {
        await runner.run(callOf('return []', owner));
        await runner.run(callOf('return []', owner));
      }
      expect(runner.status().processes).toBe(owners.length);
    });
  });

  it('a process that must make way for another project is ended, not handed over', async () => {
    await withRunner({ spares: 0, maxProcesses: 1 }, async (runner) => {
      for (const projectId of ['p1', 'p2', 'p1']) {
        const { items } = await runner.run(callOf('return { seen: typeof seen }', { projectId }));
        expect(items[0]?.json).toEqual({ seen: 'undefined' });
        expect(runner.status().processes).toBe(1);
      }
    });
  });

  it('a process whose code loaded a module of Node has no other call', async () => {
    await withRunner({ spares: 1 }, async (runner) => {
      const spoil = 'const fs = require("fs"); fs.writeFileSync("/tmp/left", "x"); fs.readFileSync = () => "left"; return []';
      await runner.run(callOf(spoil, { packages: ['fs'] }));
      expect(runner.status().processes).toBe(0);
      expect((await runner.run(callOf(witness, { packages: ['fs'] }))).items[0]?.json).toEqual({ id: 0 });
    });
  });

  it('oneShot gives each call a process that ends with it', async () => {
    await withRunner({ spares: 1 }, async (runner) => {
      await runner.run(callOf('return []', { oneShot: true }));
      expect(runner.status().processes).toBe(0);
    });
  });

  it('Python has a process per call', async () => {
    await withRunner({ spares: 0 }, async (runner) => {
      if (!runner.status().python) return;
      const leave = 'import json, builtins\njson.dumps = None\nbuiltins.left = 1\nopen("/tmp/left", "w").write("x")\nreturn []';
      await runner.run(callOf(leave, { language: 'python' }));
      expect(runner.status().processes).toBe(0);
      const look =
        'import json, os, builtins\nreturn {"clean": json.dumps is not None and not hasattr(builtins, "left") and os.listdir("/tmp") == []}';
      expect((await runner.run(callOf(look, { language: 'python' }))).items[0]?.json).toEqual({ clean: true });
    });
  });

  it('a call that leaves a request open ends its process', async () => {
    await withRunner({ spares: 0 }, async (runner) => {
      await runner.run(callOf('void fetch("http://slow.test/").catch(() => 0); return []', { fetch: slow }));
      expect(runner.status().processes).toBe(0);
      expect(await outcomeOf(runner, callOf('return []'))).toMatchObject({ result: { items: [] } });
    });
  });
});
