import { expect, it } from 'vitest';
import { whenThere } from './when-there.ts';

const changes = () => {
  const watchers = new Set<(change: string | null) => void>();
  const watch = (onChange: (change: string | null) => void) => (watchers.add(onChange), () => watchers.delete(onChange));
  return { watch, tell: (change: string | null) => watchers.forEach((watcher) => watcher(change)), watchers };
};

it('a run that is not there yet is found as soon as it is, and nobody watches any more', async () => {
  const feed = changes();
  let stored: string | null = null;
  const found = whenThere({ changes: feed, runId: 'run_a', signal: new AbortController().signal }, () => Promise.resolve(stored));
  feed.tell('run_b');
  stored = 'here';
  feed.tell('run_a');
  expect(await found).toBe('here');
  expect(feed.watchers.size).toBe(0);
});

it('a reader who goes away is not waited for', async () => {
  const feed = changes();
  const gone = new AbortController();
  const found = whenThere({ changes: feed, runId: 'run_a', signal: gone.signal }, () => Promise.resolve(null));
  gone.abort();
  expect(await found).toBeNull();
  expect(feed.watchers.size).toBe(0);
});
