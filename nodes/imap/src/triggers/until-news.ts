import type { ImapFlow } from 'imapflow';

/** Ms for a session that only listens; servers end those that are silent for half an hour (RFC 2177). */
export const WATCH_MS = 600_000;

/** Listens (IDLE) until a message comes to the mailbox that is open, or until the signal. */
export async function untilNews(client: ImapFlow, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = (): void => resolve(undefined);
  const onExists = ({ count, prevCount }: { readonly count: number; readonly prevCount: number }): void => {
    if (count > prevCount) end();
  };
  client.on('exists', onExists);
  client.on('close', end);
  signal.addEventListener('abort', end, { once: true });
  try {
    if (signal.aborted) return;
    // Where the server ends it, so does this: whoever listens asks, and listens again.
    await Promise.race([promise, client.idle()]);
  } finally {
    client.off('exists', onExists);
    client.off('close', end);
    signal.removeEventListener('abort', end);
  }
}
