import { createHash } from 'node:crypto';

/** SHA-256 of the program of SDK 1.24 that this stands for. With any other one nothing is replaced, and a test fails. */
const REPLACED = '8a0e7d293869f25e8c49d47a039072f70c5a01740dc1263e01fc1f4c5201f85b';

/**
 * How the SDK enters a run's scope in the one VM that all runs share. Its own program carries every global over, about seventy, through Node's
 * slow access to a VM's globals, at each change from one run to another: a tenth of the time of our main thread. Workflow code here writes
 * none (`temporal/workflows` is all there is, and what the SDK replaces it replaces once, when the bundle is loaded), so only the
 * one global that the SDK sets for a run is carried: its activator, in which its modules are kept too.
 */
const ENTER_SCOPE = `{
  let current;
  const __TEMPORAL_CALL_INTO_SCOPE = () => {
    const [holder, fn, args] = globalThis.__temporal_args;
    globalThis.__temporal_args = undefined;
    if (current !== holder) {
      if (current !== undefined) current.activator = globalThis.__TEMPORAL_ACTIVATOR__;
      globalThis.__TEMPORAL_ACTIVATOR__ = holder.activator;
      current = holder;
    }
    return __TEMPORAL__.api[fn](...args);
  };
  Object.defineProperty(globalThis, '__TEMPORAL_CALL_INTO_SCOPE', {
    value: __TEMPORAL_CALL_INTO_SCOPE, writable: false, enumerable: false, configurable: false,
  });
}`;

/** The program to run in a VM instead of this one: its own, but for the SDK's way into a run's scope. */
export function withLightScope(program: string): string {
  return createHash('sha256').update(program).digest('hex') === REPLACED ? ENTER_SCOPE : program;
}
