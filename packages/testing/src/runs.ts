import type { ApiError } from '@millwright/client';
import { eventually } from './eventually.ts';
import type { SignedIn } from './owner.ts';

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'canceled']);

/** Sends a delivery as JSON to a webhook that answers at once. @returns id of the run it started */
export async function deliver(url: string, body: unknown = {}): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return ((await response.json()) as { runId: string }).runId;
}

/** A run once it has ended. @param withinMs when to give up */
export async function runEnded({ client }: SignedIn, runId: string, withinMs: number) {
  return eventually(async () => {
    const run = await client.runs.get({ runId });
    return ENDED.has(run.status) ? run : null;
  }, withinMs);
}

/** How the API refused a call; null where it did not. */
export async function refusalOf(call: Promise<unknown>): Promise<Pick<ApiError, 'status' | 'code'> | null> {
  return call.then(
    () => null,
    (thrown: ApiError) => ({ status: thrown.status, code: thrown.code }),
  );
}
