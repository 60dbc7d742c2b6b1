import { readFile } from 'node:fs/promises';
import { isJsonObject } from '@millwright/core';
import type { Logger } from '@millwright/platform';
import { stopProcess, type ChildRecord } from '../children/stop-processes.ts';

/** Stops what a former start left running here, should even its watcher have been killed. Postgres goes last. */
export async function stopLeftOvers(childrenFile: string, log: Logger): Promise<void> {
  const children = parseChildren(await readFile(childrenFile, 'utf8').catch(() => '[]'));
  const databases = children.filter(({ stopSignal }) => stopSignal === 'SIGINT');
  for (const group of [children.filter((child) => !databases.includes(child)), databases]) {
    await Promise.all(group.map(async (child) => stopProcess(child)));
  }
  if (children.length > 0) log.info({ children: children.map(({ name }) => name) }, 'former start was not stopped in order');
}

function parseChildren(text: string): readonly ChildRecord[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flatMap(parseChild) : [];
  } catch {
    return [];
  }
}

function parseChild(value: unknown): readonly ChildRecord[] {
  if (!isJsonObject(value)) return [];
  const { name, pid, startedAt, stopSignal, graceMs } = value;
  if (typeof name !== 'string' || typeof pid !== 'number' || typeof startedAt !== 'string' || typeof graceMs !== 'number') return [];
  return [{ name, pid, startedAt, graceMs, stopSignal: stopSignal === 'SIGINT' ? 'SIGINT' : 'SIGTERM' }];
}
