import { type ComponentType, lazy } from 'react';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** A pause that ends at once when the network is back. */
async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
  });
}

/**
 * Fetches code that the screen can do without for a while. Where that fails (offline, a server that starts again) it is asked for again until it
 * is there, and what stands in for it stays; a failure would take down the screen around it.
 */
async function patient<T>(load: () => Promise<T>): Promise<T> {
  for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
    try {
      return await load();
    } catch {
      await pause(ms);
    }
  }
}

/** A component whose code (and texts) are fetched when it is first drawn. Stands in a `Suspense`, which says what is there until then. */
export function fetched<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return lazy(async () => ({ default: await patient(load) }));
}
