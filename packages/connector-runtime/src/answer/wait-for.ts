import { durationMs, retryAfterMs, type RetrySpec, type ServiceAnswer, type WaitSource } from '@millwright/node-sdk';
import { readPath } from '../request/paths.ts';

/** A service that asks for more is taken to mean a day: nobody waits for years, and ignoring it would call it at once. */
const MAX_WAIT_MS = 86_400_000;
const FIRST_WAIT_MS = 250;

function fromHeader(source: Extract<WaitSource, { kind: 'header' }>, headers: ServiceAnswer['header'], nowMs: number): number | null {
  const name = source.name.toLowerCase();
  if (source.is === 'retryAfter') return retryAfterMs(headers, { name, nowMs });
  const said = headers[name]?.trim() ?? '';
  if (!/^\d+(\.\d+)?$/.test(said)) return null;
  return source.is === 'ms' ? Number(said) : Number(said) * 1000 - nowMs;
}

/** Ms that the service asks to wait, 0 to a day; null when it says nothing. */
export function waitAskedFor(answer: ServiceAnswer, sources: RetrySpec['wait'], nowMs: number): number | null {
  for (const source of sources) {
    const wait =
      source.kind === 'header'
        ? fromHeader(source, answer.header, nowMs)
        : readPath(answer, source.path) === source.equals
          ? durationMs(source.wait)
          : null;
    if (wait !== null) return Math.min(MAX_WAIT_MS, Math.max(0, Math.ceil(wait)));
  }
  return null;
}

/** Ms before the try after `tries`, when the service says nothing: 250, 500, 1,000 … ±25 %. @param random 0 to 1 */
export function backoffMs(tries: number, random: number): number {
  return Math.ceil(Math.min(8000, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.75 + random / 2));
}
