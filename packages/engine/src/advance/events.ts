import type { Activation, DataRef, EndReason, RunError, WaitsFor } from '@millwright/workflow';

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
  /** One item of an activation is done; others are not. */
  | (OfActivation & { readonly type: 'progress'; readonly seq: number })
  | (OfActivation & { readonly type: 'completed'; readonly outputs: Outputs; readonly seq?: number })
  | (OfActivation & FailedFacts & { readonly type: 'failed'; readonly seq?: number })
  | (OfActivation & { readonly type: 'waiting'; readonly waitsFor: WaitsFor })
  /** The time that an activation waited for has come. */
  | (OfActivation & { readonly type: 'timer'; readonly seq: number })
  | { readonly type: 'canceled'; readonly reason: EndReason }
  | { readonly type: 'timedOut'; readonly error: RunError };

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
}

/** What to do next, in this order. */
export type Command =
  | { readonly type: 'run'; readonly activation: Activation }
  /** Waits, a retry included: `activation.waitsFor` says for what. */
  | { readonly type: 'wait'; readonly activation: Activation; readonly error?: RunError }
  | Settled
  | { readonly type: 'end'; readonly status: 'succeeded' | 'failed' | 'canceled'; readonly reason?: EndReason; readonly error?: RunError };
