import { ask, asText, setGlobal } from './core.ts';
import { state } from './state.ts';

const TEXT_LENGTH = 10_000;

/** A value as a line of the console shows it. */
function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (value instanceof Error) return value.stack ?? String(value);
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    if (value instanceof Map || value instanceof Set) return `${value.constructor.name} ${JSON.stringify([...value])}`;
    return JSON.stringify(value) ?? asText(value);
  } catch {
    return '[object that cannot be shown]';
  }
}

/** Sets `console`. Each call is sent at once, so that the lines of code that never ends are seen too. */
export function installConsole(): void {
  const write =
    (level: string) =>
    (...values: unknown[]): void => {
      let text = '';
      for (const value of values) {
        if (text.length > TEXT_LENGTH) break;
        text += text === '' ? describe(value) : ` ${describe(value)}`;
      }
      ask('log', `${state.itemIndex} ${level}`, text);
    };
  const log = write('log');
  const none = (): void => undefined;
  setGlobal('console', {
    log,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    debug: write('debug'),
    trace: log,
    dir: (value: unknown) => {
      log(value);
    },
    table: (value: unknown) => {
      log(value);
    },
    assert: (holds: unknown, ...values: unknown[]) => {
      if (holds !== true) write('error')('Assertion failed:', ...values);
    },
    group: log,
    groupEnd: none,
    time: none,
    timeEnd: none,
    count: none,
  });
}
