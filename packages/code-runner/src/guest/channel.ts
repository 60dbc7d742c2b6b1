/**
 * The pipe to the runner, from inside the sandbox: frames of a length (4 bytes, big endian), a kind (1 byte) and a body.
 * Between calls reading blocks, so nothing that a call left behind can run.
 */
import { read, readSync, writeSync } from 'node:fs';

const PIPE = 3;
const HEAD_BYTES = 5;

/** A message of the pipe. */
export interface Frame {
  readonly kind: string;
  readonly body: Buffer;
}

function readExactly(size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size;) {
    const count = readSync(PIPE, bytes, at, size - at, null);
    // The runner is gone.
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
}

/** Waits for the next frame; nothing else runs meanwhile. */
export function readFrame(): Frame {
  const head = readExactly(HEAD_BYTES);
  return { kind: String.fromCharCode(head.readUInt8(4)), body: readExactly(head.readUInt32BE(0)) };
}

/** Waits for the next frame while the event loop goes on. */
export async function nextFrame(): Promise<Frame> {
  const head = await readLater(HEAD_BYTES);
  return { kind: String.fromCharCode(head.readUInt8(4)), body: await readLater(head.readUInt32BE(0)) };
}

async function readLater(size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size;) {
    const from = at;
    at += await new Promise<number>((resolve) => {
      read(PIPE, bytes, from, size - from, null, (fault, count) => {
        if (fault !== null || count === 0) process.exit(0);
        resolve(count);
      });
    });
  }
  return bytes;
}

/** Sends a frame; returns when the pipe has taken all of it. @param encoding `latin1` for a text that stands for bytes, one each */
export function writeFrame(kind: string, body: string, encoding: 'utf8' | 'latin1' = 'utf8'): void {
  const size = encoding === 'latin1' ? body.length : Buffer.byteLength(body);
  const frame = Buffer.allocUnsafeSlow(HEAD_BYTES + size);
  frame.writeUInt32BE(size, 0);
  frame.write(kind, 4, 'latin1');
  frame.write(body, HEAD_BYTES, encoding);
  for (let at = 0; at < frame.length;) at += writeSync(PIPE, frame, at);
}
