import { ask, setLazyGlobal } from './core.ts';
import { state } from './state.ts';

interface Luxon {
  readonly DateTime: { fromMillis: (ms: number, options: { zone: string }) => { startOf: (unit: string) => unknown } };
  readonly Settings: { defaultZone: string };
  readonly [name: string]: unknown;
}

let library: Luxon | undefined;

/** Luxon, in the zone of the workflow. */
export function luxon(): Luxon {
  if (library === undefined) {
    library = ask('library', 'luxon') as Luxon;
    library.Settings.defaultZone = state.data.timezone ?? 'UTC';
  }
  return library;
}

/** Sets Luxon's classes, and `$now` and `$today`, which are given and not read from a clock. */
export function installDates(): void {
  for (const name of ['DateTime', 'Duration', 'Interval']) setLazyGlobal(name, () => luxon()[name]);
  setLazyGlobal('luxon', luxon);
  const now = (): { startOf: (unit: string) => unknown } =>
    luxon().DateTime.fromMillis(state.data.nowMs ?? 0, { zone: state.data.timezone ?? 'UTC' });
  setLazyGlobal('$now', now);
  setLazyGlobal('$today', () => now().startOf('day'));
}
