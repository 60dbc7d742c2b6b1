import type { JsonValue } from '@millwright/core';
import type { WorkflowDocumentInput } from '@millwright/workflow';

/** What a scripted node or called run answers to one item (or to its whole list). */
export type Answer =
  /** Gives so many items, each with the item it was made of as origin. 1 is the usual. */
  | { readonly kind: 'done'; readonly count: number }
  /** Fails after the request left; the vendor says no: nothing was done. */
  | { readonly kind: 'failed'; readonly error: 'transient' | 'permanent' };

/** Items fall into so many classes: their field `n`, modulo this. */
export const CLASSES = 4;

/** How one node (or one called workflow) behaves. */
export interface Behaviour {
  /** By class of the item; the n-th entry answers the n-th try, the last one all later tries. Never empty. */
  readonly answers: readonly (readonly Answer[])[];
  /** Its answers come late among those that are under way: a weight for the scheduler, 0 (at once) to 9. */
  readonly slowness: number;
}

/** What comes from outside while the run is on. Times are counted in answers that have come back. */
export type ExternalEvent =
  | { readonly kind: 'cancel' | 'pause' | 'unpause'; readonly after: number }
  /** Somebody presses "now" on the n-th of the timers and retries that are waiting then (modulo their number); nothing waits: nothing. */
  | { readonly kind: 'retryNow'; readonly after: number; readonly nth: number }
  /** For a question about a lost answer (there are some only where processes die). */
  | {
      readonly kind: 'settle';
      readonly after: number;
      readonly nth: number;
      readonly answer: 'done' | 'notDone' | 'resend' | 'resendAsNew';
    }
  /** The n-th of the events that the run has had comes again. */
  | { readonly kind: 'duplicate'; readonly after: number; readonly nth: number }
  /** An answer for a node run that is over, or never was. */
  | { readonly kind: 'late'; readonly after: number; readonly nth: number };

/**
 * One run that can be played: a document with what it meets. JSON, so that it can be printed, and follows from its seed alone.
 * Every item is an object with `id` (where it came from), `n` (a small whole number) and `k` (a key to join by).
 */
export interface Scenario {
  readonly seed: number;
  /** Compiles with the node types of `simulation-types.ts`; the trigger is `t`. */
  readonly document: WorkflowDocumentInput;
  /** Data of the trigger's items. Empty: one empty item. */
  readonly items: readonly JsonValue[];
  /** By node id: nodes of the types `test.…`, and `core.callWorkflow` (what the called run does). */
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  /** In order of `after`. */
  readonly events: readonly ExternalEvent[];
}
