import type { JsonValue } from '@millwright/core';

/** One request as it reached the outside. */
export interface Request {
  /** The first run of the chain. */
  readonly originRunId: string;
  readonly runId: string;
  readonly nodeId: string;
  readonly runIndex: number;
  readonly itemIndex: number;
  readonly attempt: number;
  readonly key: string;
  readonly body: string;
  /** The vendor knows the key again. */
  readonly isKeyed: boolean;
}

/** What a vendor says; null: it refused, and nothing was done. */
export type Said = { readonly items: readonly JsonValue[] } | { readonly refused: 'transient' | 'permanent' };

/** Services outside: what they did they know, and some know keys again. */
export class Vendor {
  readonly requests: Request[] = [];
  readonly #bodies = new Map<string, string>();
  readonly #done = new Map<string, Said>();
  /** Keys for which a person said that they may be sent again though it was done. */
  readonly #allowed = new Set<string>();
  readonly #refusals = new Map<string, number>();
  readonly #onWrong: (what: string) => void;

  /** @param onWrong told what must never happen */
  constructor(onWrong: (what: string) => void) {
    this.#onWrong = onWrong;
  }

  /** Whether what a key stands for was done. */
  isDone(key: string): boolean {
    return this.#done.has(key);
  }

  /** From now on a key may be done twice: somebody wanted that. */
  allowAgain(key: string): void {
    this.#allowed.add(key);
  }

  /** How often a key was refused so far. */
  refusals(key: string): number {
    return this.#refusals.get(key) ?? 0;
  }

  /** Takes a request. @param answer what it says where it does something now */
  take(request: Request, answer: () => Said): Said {
    this.requests.push(request);
    const { key, body } = request;
    const before = this.#bodies.get(key);
    if (before !== undefined && before !== body)
      this.#onWrong(`the key ${nameOf(request)} was sent with two bodies: ${before} and ${body}`);
    this.#bodies.set(key, body);
    const known = this.#done.get(key);
    if (known !== undefined && request.isKeyed) return known;
    if (known !== undefined && !this.#allowed.has(key)) this.#onWrong(`${nameOf(request)} was done twice by a vendor that forgets keys`);
    const said = answer();
    if ('items' in said) this.#done.set(key, said);
    else this.#refusals.set(key, this.refusals(key) + 1);
    return said;
  }
}

/** A request as people read it. */
function nameOf({ nodeId, runIndex, itemIndex, key }: Pick<Request, 'nodeId' | 'runIndex' | 'itemIndex' | 'key'>): string {
  return `${nodeId}:${runIndex}:${itemIndex} (${key.slice(0, 8)})`;
}
