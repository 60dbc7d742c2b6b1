import type { Activation, DataRef, EndReason, MapProgress, NodeMemory, RunError, WaitsFor } from '@millwright/workflow';

/** Items by output port. */
export type Outputs = Readonly<Record<string, DataRef>>;

/** Names one activation. */
interface OfActivation {
  readonly nodeId: string;
  readonly runIndex: number;
}

/** What just happened. Events with `seq` are outcomes that cannot be computed again: the next number after the state's. */
export type EngineEvent =
  /** The run begins at this trigger. The only event without a state. */
  | { readonly type: 'started'; readonly nodeId: string; readonly ref: DataRef; readonly timeMs: number; readonly startedAtMs: number }
  /** A later segment opens: what was running is commanded again. */
  | { readonly type: 'opened'; readonly timeMs: number }
  /**
   * The run's time, where outcomes of an earlier run are taken over or the run leaves them behind.
   * `of`: an activation that has begun counts as begun at `atMs`, and as what an earlier run did under `keyIndex`.
   */
  | { readonly type: 'time'; readonly timeMs: number; readonly of?: OfActivation & { readonly atMs: number; readonly keyIndex?: number } }
  /** One item of an activation is done; others are not. */
  | (OfActivation & { readonly type: 'progress'; readonly seq: number })
  | (OfActivation & Remembered & { readonly type: 'completed'; readonly outputs: Outputs; readonly seq?: number })
  | (OfActivation & FailedFacts & { readonly type: 'failed'; readonly seq?: number })
  | (OfActivation & { readonly type: 'waiting'; readonly waitsFor: WaitsFor })
  /** The time that an activation waited for has come. */
  | (OfActivation & { readonly type: 'timer'; readonly seq: number })
  /** Somebody decided about one of its items: it goes on, though none is done by that. */
  | (OfActivation & { readonly type: 'decided'; readonly seq: number })
  | { readonly type: 'canceled'; readonly reason: EndReason }
  /** Numbered where remembered sections have to be undone: then the run goes on for a while. */
  | { readonly type: 'timedOut'; readonly error: RunError; readonly seq?: number }
  /** An outcome of an activation that its section's failure has canceled meanwhile: nothing but the number counts. */
  | { readonly type: 'passed'; readonly seq: number };

/** What a control node keeps for its next node run. */
interface Remembered {
  /** Null forgets. Absent: as it was. */
  readonly memory?: NodeMemory | null;
  /** It got on with its items: the limit of node runs counts anew. */
  readonly progress?: true;
}

/** What a failure must say so that the policy can be applied without a clock or chance. */
export interface FailedFacts {
  readonly error: RunError;
  /** When it failed, ms since 1970. */
  readonly atMs: number;
  /** In [0, 1): spreads retries. */
  readonly chance: number;
  /** Trying again could repeat an effect: no retry. */
  readonly final: boolean;
  /** What goes on when the node's `onError` is not `stop`. */
  readonly fallback: Outputs;
}

/** How an activation ended. */
export interface Settled {
  readonly type: 'settled';
  readonly activation: Activation;
  readonly status: 'succeeded' | 'failed' | 'skipped' | 'canceled';
  readonly reason?: EndReason | 'disabled';
  readonly error?: RunError;
  readonly outputs: Outputs;
  /** Output port → input port whose items it hands on unchanged. */
  readonly passes?: Readonly<Record<string, string>>;
  /** Of a map. */
  readonly progress?: MapProgress;
}

/** Items of a list that the engine puts together without seeing them. */
export interface ListPart {
  /** The list they are taken from. Absent: one item, with the error or empty. */
  readonly ref?: DataRef;
  /** Only the item at this position. */
  readonly at?: number;
  /** Where they came from (`Item.from`); `kept`: as they say themselves. Absent: they say nothing. */
  readonly from?: readonly number[] | 'kept';
  /** What each of them says that went wrong. */
  readonly error?: RunError;
  /** Without `ref`: the list that the one item comes from, at the positions of `from`, or all of it. Absent: it comes from none. */
  readonly of?: DataRef;
}

/** What to do next, in this order. */
export type Command =
  | { readonly type: 'run'; readonly activation: Activation }
  /** A container is open, or its progress has changed. */
  | { readonly type: 'open'; readonly activation: Activation; readonly progress?: MapProgress }
  /** A new list from others; commands after it name it. */
  | { readonly type: 'list'; readonly ref: DataRef; readonly parts: readonly ListPart[] }
  /** Waits, a retry included: `activation.waitsFor` says for what. */
  | { readonly type: 'wait'; readonly activation: Activation; readonly error?: RunError }
  | Settled
  | { readonly type: 'end'; readonly status: 'succeeded' | 'failed' | 'canceled'; readonly reason?: EndReason; readonly error?: RunError };
