import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { PRELOAD_FILE, withThreadPreload } from './workflow-threads.ts';

const sdk = path.dirname(createRequire(import.meta.url).resolve('@temporalio/worker'));

/** Stays in the VM for longer than its `timeout` allows. */
const BUSY = `const vm = require('node:vm'); const { parentPort } = require('node:worker_threads');
try { new vm.Script('const end = Date.now() + 200; while (Date.now() < end); 1').runInContext(vm.createContext({ Date }), { timeout: 5, displayErrors: true }); parentPort.postMessage('no timeout'); }
catch (error) { parentPort.postMessage(error.code); }`;

function said(execArgv: string[]): Promise<unknown> {
  const thread = new Worker(BUSY, { eval: true, execArgv });
  return new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
}

it('with the preload, entering the VM has no timeout', async () => {
  expect(await said([])).toBe('ERR_SCRIPT_EXECUTION_TIMEOUT');
  expect(await said(['--require', PRELOAD_FILE])).toBe('no timeout');
});

it('the SDK still enters its VM and starts its threads the way that the preload expects', async () => {
  const vm = await readFile(path.join(sdk, 'workflow/reusable-vm.js'), 'utf8');
  expect(vm).toMatch(/callIntoVmScript\.runInContext\(context, \{\s*timeout: isolateExecutionTimeoutMs,/);
  const threads = await readFile(path.join(sdk, 'workflow/threaded-vm.js'), 'utf8');
  expect(threads).toMatch(/new node_worker_threads_1\.Worker\(require\.resolve\('\.\/workflow-worker-thread'\)/);
});

it('only the SDK’s threads get the preload, and only while workers are made', async () => {
  const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: typeof Worker };
  const before = threads.Worker;
  await withThreadPreload(async () => {
    expect(threads.Worker).not.toBe(before);
    const other = new threads.Worker(`require('node:worker_threads').parentPort.postMessage(process.execArgv.join().includes('workflow-thread-preload'))`, { eval: true });
    expect(await new Promise((resolve) => other.once('message', resolve))).toBe(false);
  });
  expect(threads.Worker).toBe(before);
});
