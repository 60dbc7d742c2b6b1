import type { JsonValue } from '@millwright/core';
import { Worker } from '@temporalio/worker';
import { historyOf } from './history-json.ts';

/** A history by its name. */
export type NamedHistories = Readonly<Record<string, JsonValue>>;

/**
 * Replays histories with a bundle; what does not fit is told by name. Payloads are plain JSON.
 * @returns `name: why` of each that broke
 */
export async function replay(code: string, histories: NamedHistories): Promise<readonly string[]> {
  const broken: string[] = [];
  const list = Object.entries(histories).map(([workflowId, history]) => ({ workflowId, history: historyOf(history) }));
  for await (const result of Worker.runReplayHistories({ workflowBundle: { code } }, list)) {
    if (result.error !== undefined) broken.push(`${result.workflowId}: ${result.error.message}`);
  }
  return broken;
}
