import type { Response } from 'express';

/** How often a quiet stream says that it is alive, in ms. */
const HEARTBEAT_MS = 15_000;

/** Bytes that may wait for a slow reader before its stream is given up; it opens another and gets the whole state. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;

/** One open answer of server-sent events. */
export interface EventStream {
  readonly send: (name: string, data: unknown) => void;
  /** Tells the reader that nothing more will come, and closes. */
  readonly end: () => void;
  /** Closes without a word: the reader will ask again and be refused. */
  readonly drop: () => void;
}

/** Opens an event stream as the answer. */
export function openEventStream(response: Response): EventStream {
  response.status(200).set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  response.write(': open\n\n');
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  response.on('close', () => clearInterval(heartbeat));
  const write = (text: string): void => {
    if (response.writableEnded || response.destroyed) return;
    response.write(text);
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
  };
  return {
    send: (name, data) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    end: () => {
      write('event: end\ndata: {}\n\n');
      response.end();
    },
    drop: () => response.end(),
  };
}
