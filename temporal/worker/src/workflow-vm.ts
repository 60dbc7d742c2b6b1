import { createRequire } from 'node:module';
import type { Context, RunningScriptInNewContextOptions, Script } from 'node:vm';
import { withLightScope } from './workflow-scope.ts';

/** What the SDK passes as `timeout` in debug mode, in ms: none, yet Node starts an OS thread for it at each entry. */
const NEVER_MS = 4_294_967_295;

type RunInContext = (this: Script, context: Context, options?: RunningScriptInNewContextOptions) => unknown;
type RunProgram = (program: string, context: Context, options?: object) => unknown;
type Hooks = { createHook: (hooks: object) => () => void };

let isPlain = false;

/** Enters VMs without a `timeout` where that is none anyway. Calls with a real one are left alone. */
function enterPlainly(): void {
  if (isPlain) return;
  isPlain = true;
  const { Script: script } = createRequire(import.meta.url)('node:vm') as { Script: { prototype: { runInContext: RunInContext } } };
  const original = script.prototype.runInContext;
  script.prototype.runInContext = function (this: Script, context, options = {}) {
    if (options.timeout !== NEVER_MS) return original.call(this, context, options);
    const { timeout: _never, ...rest } = options;
    return original.call(this, context, rest);
  };
}

/**
 * Makes workers whose workflow code runs without what only debugging needs: no watchdog thread per entry into the VM, and no stack
 * trace with source map for every promise (which serves the SDK's `__stack_trace` query alone, and was half of the cost of our
 * workflow code). They change from one run to another as `workflow-scope.ts` says. The SDK has no option for any of it; a test fails
 * when it changes.
 */
export async function withPlainVm<T>(work: () => Promise<T>): Promise<T> {
  enterPlainly();
  const { promiseHooks } = createRequire(import.meta.url)('node:v8') as { promiseHooks: Hooks };
  const vm = createRequire(import.meta.url)('node:vm') as { runInContext: RunProgram };
  const { runInContext } = vm;
  const original = promiseHooks.createHook;
  promiseHooks.createHook = () => () => undefined;
  vm.runInContext = (program, ...rest) => runInContext(withLightScope(program), ...rest);
  try {
    return await work();
  } finally {
    promiseHooks.createHook = original;
    vm.runInContext = runInContext;
  }
}
