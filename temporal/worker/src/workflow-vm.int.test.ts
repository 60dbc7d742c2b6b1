import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { expect, it } from 'vitest';
import { withPlainVm } from './workflow-vm.ts';

const sdk = path.dirname(createRequire(import.meta.url).resolve('@temporalio/worker'));

it('VM calls of others keep their timeout', async () => {
  await withPlainVm(async () => undefined);
  const script = new vm.Script('const end = Date.now() + 500; while (Date.now() < end);');
  expect(() => script.runInContext(vm.createContext({ Date }), { timeout: 5 })).toThrow(
    expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }),
  );
  expect(new vm.Script('1 + 1').runInContext(vm.createContext({}), { timeout: 4_294_967_295 })).toBe(2);
});

it('promises are watched by nobody, and only while workers are made', async () => {
  const before = v8.promiseHooks.createHook;
  await withPlainVm(async () => {
    expect(v8.promiseHooks.createHook).not.toBe(before);
    v8.promiseHooks.createHook({
      init: () => {
        throw new Error('a hook is installed');
      },
    })();
  });
  expect(v8.promiseHooks.createHook).toBe(before);
});

it('the SDK still enters its VM, watches promises and stays in this thread the way that this expects', async () => {
  const reusable = await readFile(path.join(sdk, 'workflow/reusable-vm.js'), 'utf8');
  expect(reusable).toMatch(/callIntoVmScript\.runInContext\(context, \{\s*timeout: isolateExecutionTimeoutMs,/);
  const shared = await readFile(path.join(sdk, 'workflow/vm-shared.js'), 'utf8');
  expect(shared).toMatch(/node_v8_1\.default\.promiseHooks\.createHook\(/);
  const options = await readFile(path.join(sdk, 'worker-options.js'), 'utf8');
  expect(options).toContain("debugMode ? '4294967295ms'");
  const worker = await readFile(path.join(sdk, 'worker.js'), 'utf8');
  expect(worker).toMatch(/if \(compiledOptions\.debugMode\) \{\s*if \(compiledOptions\.reuseV8Context\) \{\s*return await reusable_vm_1/);
});
