import type { JsonValue } from '@millwright/core';
import type { Item, Outcome } from '@millwright/workflow';
import type { ItemsByPort } from '../nodes/collected.ts';

/** A line that a program wrote while it ran. */
export interface ConsoleLine {
  /** Zero-based; 0 where it runs once for all items. */
  readonly itemIndex: number;
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  readonly text: string;
}

/** Beside the output ports of a node run, and of its answers in the ledger: a port that no node has. */
export const CONSOLE = '~console';
/** Lines of one node run that are kept. */
const MAX_LINES = 500;
/** Characters of all of them together. */
const MAX_TEXT = 65_536;

/** The lines of one call, the first ones. */
export class ConsoleLines {
  readonly #lines: ConsoleLine[] = [];
  #left = MAX_TEXT;

  add(line: ConsoleLine): void {
    if (this.#lines.length >= MAX_LINES || this.#left <= 0) return;
    const text = line.text.slice(0, this.#left);
    this.#left -= text.length;
    this.#lines.push({ ...line, text });
  }

  /** As a part of an answer; empty where nothing was written. */
  kept(): { readonly [CONSOLE]?: JsonValue } {
    return this.#lines.length === 0
      ? {}
      : { [CONSOLE]: this.#lines.map(({ itemIndex, level, text }) => ({ json: { itemIndex, level, text } })) };
  }
}

/** What a call gave, without what was written. */
export function portsIn({ response }: Pick<Outcome, 'response'>): ItemsByPort {
  const { [CONSOLE]: _lines, ...ports } = (response ?? {}) as unknown as ItemsByPort;
  return ports;
}

/** What the programs of a node run wrote, in the order of the items. */
export function consoleOf(items: readonly { readonly outcome?: Pick<Outcome, 'response'> }[]): readonly Item[] {
  return items.flatMap(({ outcome }) => ((outcome?.response ?? {}) as unknown as ItemsByPort)[CONSOLE] ?? []).slice(0, MAX_LINES);
}
