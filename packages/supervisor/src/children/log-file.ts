import { open, rename, stat } from 'node:fs/promises';

const KEEP_BYTES = 10_000_000;
const TAIL_BYTES = 2_000;

/** Makes room before a start: a log over 10 MB becomes `<name>.1`, whose predecessor goes. */
export async function rotateLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > KEEP_BYTES) await rename(file, `${file}.1`);
}

/** The last lines of a log, for an error text. */
export async function tailOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(TAIL_BYTES), position: from });
    return buffer.subarray(0, bytesRead).toString('utf8').trim();
  } finally {
    await handle.close();
  }
}
