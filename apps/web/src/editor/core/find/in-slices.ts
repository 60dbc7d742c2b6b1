/** Longest stretch of work before the page may do something else, ms. A frame has 16; a key press is felt from 50 on. */
const SLICE_MS = 8;

/** Lets the page paint and take keys. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Does work piece by piece, and lets go of the page in between.
 * @param work gives its result in pieces
 * @param onSlice is told of what has come so far, once for each slice
 * @param signal ends it: what was found so far is thrown away
 */
export async function inSlices<Result>(
  work: Iterable<readonly Result[]>,
  onSlice: (found: readonly Result[], isDone: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const found: Result[] = [];
  let since = performance.now();
  for (const piece of work) {
    for (const one of piece) found.push(one);
    if (performance.now() - since < SLICE_MS) continue;
    onSlice([...found], false);
    await pause();
    if (signal.aborted) return;
    since = performance.now();
  }
  onSlice(found, true);
}
