import { ApiError, errorOf, unreachableError } from './api-error.ts';

/** How a stream is listened to. */
export interface WatchOptions<M extends Readonly<Record<string, unknown>>> {
  /** Called for each event by name, in order. */
  readonly on: { readonly [K in keyof M]: (data: M[K]) => void };
  /** `live` after the server accepted the stream, `lost` while it is being opened again. */
  readonly onState?: (state: 'live' | 'lost') => void;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** First and longest pause before a lost stream is opened again, in ms; it doubles in between. */
const PAUSES_MS = { first: 250, longest: 5000 } as const;

/** One server-sent event. */
interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/** Splits `text/event-stream` (WHATWG HTML §9.2) into events; comments and ids are of no interest here. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    rest += decoder.decode(chunk.value, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.map(parseEvent).filter((event) => event !== null);
  }
}

function parseEvent(block: string): ServerEvent | null {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
  }
  return data.length === 0 ? null : { name, data: data.join('\n') };
}

function isFinal(thrown: unknown): boolean {
  return thrown instanceof ApiError && thrown.status >= 400 && thrown.status < 500 && thrown.status !== 429;
}

/** Waits, or stops waiting when the signal fires. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/** Reads one opened stream. True: the server said that it is over. */
async function readStream<M extends Readonly<Record<string, unknown>>>(response: Response, options: WatchOptions<M>): Promise<boolean> {
  if (!response.ok) throw await errorOf(response);
  if (response.body === null) return false;
  options.onState?.('live');
  for await (const event of readEvents(response.body)) {
    if (event.name === 'end') return true;
    if (event.name in options.on) options.on[event.name as keyof M](JSON.parse(event.data) as M[keyof M]);
  }
  return false;
}

/**
 * Listens until the server sends `end`, the signal fires, or the stream is refused; a lost stream is opened again.
 * @throws ApiError when the server refuses (4xx): signed out, not allowed, not found
 */
export async function watchEvents<M extends Readonly<Record<string, unknown>>>(
  open: () => Promise<Response>,
  options: WatchOptions<M>,
): Promise<void> {
  let waitMs: number = PAUSES_MS.first;
  while (!options.signal.aborted) {
    try {
      const response = await open().catch((thrown: unknown) => {
        throw unreachableError(thrown);
      });
      if (await readStream(response, { ...options, onState: (state) => ((waitMs = PAUSES_MS.first), options.onState?.(state)) })) return;
    } catch (thrown) {
      if (options.signal.aborted) return;
      if (isFinal(thrown)) throw thrown;
    }
    if (options.signal.aborted) return;
    options.onState?.('lost');
    await pause(waitMs, options.signal);
    waitMs = Math.min(waitMs * 2, PAUSES_MS.longest);
  }
}
