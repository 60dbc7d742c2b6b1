/**
 * Asks again until an answer is there; for what happens soon in another process. Never a fixed sleep.
 * @param probe the answer, or null/undefined/false while it is not there; a throw counts as not there
 * @param withinMs when to give up
 * @throws the last error, or one that says what was last seen
 */
export async function eventually<T>(
  probe: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 40_000,
): Promise<T> {
  const endsAt = Date.now() + withinMs;
  let last: unknown = new Error(`it did not happen within ${withinMs} ms`);
  for (;;) {
    try {
      const found = await probe();
      if (found !== null && found !== undefined && found !== false) return found;
    } catch (thrown) {
      last = thrown;
    }
    if (Date.now() > endsAt) throw last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
