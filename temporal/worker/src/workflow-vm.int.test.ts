import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { expect, it } from 'vitest';
import { withLightScope } from './workflow-scope.ts';
import { withPlainVm } from './workflow-vm.ts';

const sdk = path.dirname(createRequire(import.meta.url).resolve('@temporalio/worker'));
const reusable = await readFile(path.join(sdk, 'workflow/reusable-vm.js'), 'utf8');
/** The SDK's own program. */
const enterScopeOfSdk = /function generateCallIntoScopeScript\(\) \{\s*return `(.*?)`;/s.exec(reusable)?.[1] ?? '';

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

it('a run keeps its own activator in the VM that all share, whatever ran between', () => {
  const context = vm.createContext({});
  vm.runInContext(withLightScope(enterScopeOfSdk), context);
  vm.runInContext(
    'var __TEMPORAL__ = { api: { set: (value) => { globalThis.__TEMPORAL_ACTIVATOR__ = value; }, get: () => globalThis.__TEMPORAL_ACTIVATOR__ } };',
    context,
  );
  const call = (holder: object, fn: string, ...args: readonly unknown[]): unknown => {
    Object.assign(context, { __temporal_args: [holder, fn, args] });
    return vm.runInContext('__TEMPORAL_CALL_INTO_SCOPE()', context);
  };
  const [one, two] = [{ bag: {} }, { bag: {} }];
  call(one, 'set', 'first');
  expect(call(two, 'get')).toBeUndefined();
  call(two, 'set', 'second');
  expect([call(one, 'get'), call(two, 'get'), call(two, 'get'), call(one, 'get')]).toEqual(['first', 'second', 'second', 'first']);
});

it('the SDK still enters its VM, watches promises and stays in this thread the way that this expects', async () => {
  expect(withLightScope(enterScopeOfSdk)).not.toBe(enterScopeOfSdk);
  expect(reusable).toMatch(/default\.runInContext\(generateCallIntoScopeScript\(\), this\._context/);
  const logger = await readFile(path.join(sdk, '../../common/lib/logger.js'), 'utf8');
  expect(logger).toMatch(/trace\(message, extraMeta\) \{\s*this\.parentLogger\.trace\(message, resolveMetadata\(/);
  expect(reusable).toMatch(/callIntoVmScript\.runInContext\(context, \{\s*timeout: isolateExecutionTimeoutMs,/);
  const shared = await readFile(path.join(sdk, 'workflow/vm-shared.js'), 'utf8');
  expect(shared).toMatch(/node_v8_1\.default\.promiseHooks\.createHook\(/);
  const options = await readFile(path.join(sdk, 'worker-options.js'), 'utf8');
  expect(options).toContain("debugMode ? '4294967295ms'");
  const worker = await readFile(path.join(sdk, 'worker.js'), 'utf8');
  expect(worker).toMatch(/if \(compiledOptions\.debugMode\) \{\s*if \(compiledOptions\.reuseV8Context\) \{\s*return await reusable_vm_1/);
});
