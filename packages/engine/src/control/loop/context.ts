import type { JsonObject } from '@millwright/core';
import type { NodeMemory } from '@millwright/workflow';

/**
 * What expressions and programs read of a loop: `$('Loop').context`, with the names and meanings that n8n gave them
 * (`currentRunIndex` from 0, `maxRunIndex` as a count of rounds).
 * @param memory what it keeps between its rounds; undefined: it has gone through its items
 */
export function loopContext(memory: NodeMemory | undefined): JsonObject {
  if (memory === undefined) return { noItemsLeft: true, done: true };
  const [count, size, sent] = ['count', 'size', 'sent'].map((name) => Number(memory.facts[name])) as [number, number, number];
  return {
    noItemsLeft: sent >= count,
    done: false,
    currentRunIndex: Math.max(0, Math.ceil(sent / size) - 1),
    maxRunIndex: Math.ceil(count / size),
  };
}
