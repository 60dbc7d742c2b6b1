import { ask, setGlobal } from './core.ts';

type Callback = (...values: unknown[]) => unknown;

const waiting = new Map<number, { callback: Callback; values: unknown[]; repeats: boolean }>();
let lastId = 0;

function start(callback: unknown, ms: unknown, rest: { values: unknown[]; repeats: boolean }): number {
  if (typeof callback !== 'function') throw new TypeError('A timer needs a function');
  lastId += 1;
  waiting.set(lastId, { callback: callback as Callback, ...rest });
  ask(rest.repeats ? 'interval' : 'timeout', lastId, Number(ms) || 0);
  return lastId;
}

/** Called by the harness when a timer is due. */
export function fireTimer(id: number): void {
  const timer = waiting.get(id);
  if (timer === undefined) return;
  if (!timer.repeats) waiting.delete(id);
  timer.callback(...timer.values);
}

/** Sets the timers. They end with the call. */
export function installTimers(): void {
  const clear = (id: unknown): void => {
    if (typeof id === 'number' && waiting.delete(id)) ask('clear', id);
  };
  setGlobal('setTimeout', (callback: unknown, ms: unknown, ...values: unknown[]) => start(callback, ms, { values, repeats: false }));
  setGlobal('setInterval', (callback: unknown, ms: unknown, ...values: unknown[]) => start(callback, ms, { values, repeats: true }));
  setGlobal('setImmediate', (callback: unknown, ...values: unknown[]) => start(callback, 0, { values, repeats: false }));
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) setGlobal(name, clear);
  const settled = Promise.resolve();
  const later = settled.then.bind(settled);
  setGlobal('queueMicrotask', (callback: () => unknown) => {
    void later(() => void callback());
  });
}
