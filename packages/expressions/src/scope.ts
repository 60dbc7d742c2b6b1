import type { JsonValue } from '@millwright/core';

/** One unit of data as an expression sees it. */
export interface ScopeItem {
  readonly json: JsonValue;
  /** Files by name: what is known of each, never the content. Default none. */
  readonly files?: Readonly<Record<string, JsonValue>>;
}

/** What `$('id')` gives: another node's output, as far as this node may see it. */
export interface NodeView {
  /** The name shown on the canvas. */
  readonly name: string;
  /** Whether it ran in this run. Default true. */
  readonly isExecuted?: boolean;
  /**
   * The item that the current item came from.
   * @throws ExpressionError `expression_lineage` when that cannot be told
   */
  readonly item: () => ScopeItem;
  /** `output`: number of the output port; default the one through which the node reaches this one. `run`: default the last. */
  readonly first: (output?: number, run?: number) => ScopeItem | undefined;
  readonly last: (output?: number, run?: number) => ScopeItem | undefined;
  readonly all: (output?: number, run?: number) => readonly ScopeItem[];
  /** The item that the input item with this number came from. Default: `item`. @throws ExpressionError as `item` */
  readonly itemMatching?: (itemIndex: number) => ScopeItem;
  /** Its parameters. Default none. */
  readonly params?: JsonValue;
  /** What it keeps between its runs, such as the page of a loop. Default none. */
  readonly context?: JsonValue;
}

/** What `$input` gives: the items that arrived at this node. */
export interface InputView {
  readonly item: () => ScopeItem;
  readonly first: () => ScopeItem | undefined;
  readonly last: () => ScopeItem | undefined;
  readonly all: () => readonly ScopeItem[];
}

/** Everything an expression can reach. All of it is given; nothing is looked up elsewhere and nothing is changed. */
export interface ExpressionScope {
  readonly json: JsonValue;
  readonly item: ScopeItem;
  readonly items: readonly ScopeItem[];
  /** Finds a node by id, then by name; undefined when there is none or it is not upstream. */
  readonly node: (idOrName: string) => NodeView | undefined;
  /** Names to propose when `node` finds nothing, and in completions. Default none. */
  readonly nodeNames?: readonly string[];
  readonly input: InputView;
  /** What `$now`, `$today` and `Date.now()` mean. */
  readonly nowMs: number;
  /** IANA zone of the workflow, such as `Europe/Berlin`. */
  readonly timezone: string;
  readonly run: { readonly id: string; readonly mode?: string; readonly startedAt?: string; readonly resumeUrl?: string };
  readonly workflow: { readonly id: string; readonly name: string; readonly active?: boolean };
  /** The step that the items came from. Default unknown. */
  readonly previous?: { readonly name: string; readonly params?: JsonValue; readonly context?: JsonValue };
  /** Roots that only some fields have: `$response`, `$request`, `$pageCount`, `$parameter`, `$memory`. Default none. */
  readonly local?: Readonly<Record<string, JsonValue>>;
  /** What an agent chose, by name: the values of `$fromAI`. Default none. */
  readonly fromAi?: Readonly<Record<string, JsonValue>>;
  readonly vars: Readonly<Record<string, JsonValue>>;
  /** Only what an admin allowed. */
  readonly env: Readonly<Record<string, JsonValue>>;
  /** From 0. */
  readonly itemIndex: number;
  /** How often this node ran before in this run; from 0. */
  readonly runIndex: number;
  /** Numbers in [0, 1). Without it, `Math.random()` is refused: a replay must give the same values. */
  readonly random?: () => number;
}

/** What {@link createScope} cannot derive. */
export interface ScopeParts extends Partial<Omit<ExpressionScope, 'json' | 'item' | 'items' | 'input' | 'itemIndex' | 'nowMs'>> {
  readonly items: readonly ScopeItem[];
  /** Default 0. */
  readonly itemIndex?: number;
  readonly nowMs: number;
}

const noItem: ScopeItem = { json: {} };

/**
 * A whole scope from the parts that differ: `$json`, `$item` and `$input` follow from the items.
 * Default: no other nodes, UTC, empty variables, run index 0. Without items, `$json` is an empty object.
 */
export function createScope(parts: ScopeParts): ExpressionScope {
  const { items, itemIndex = 0 } = parts;
  const item = items[itemIndex] ?? noItem;
  return {
    node: () => undefined,
    timezone: 'UTC',
    run: { id: '' },
    workflow: { id: '', name: '' },
    vars: {},
    env: {},
    runIndex: 0,
    ...parts,
    itemIndex,
    item,
    json: item.json,
    input: { item: () => item, first: () => items[0], last: () => items.at(-1), all: () => items },
  };
}
