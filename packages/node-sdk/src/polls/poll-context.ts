import type { JsonObject, JsonValue } from '@millwright/core';
import type { ActionContext } from '../context.ts';

/** What a trigger may use while it asks. It only reads: what changes something is refused. */
export interface PollContext<I> extends Pick<ActionContext<I>, 'input' | 'http' | 'sockets' | 'signal' | 'nowMs'> {
  /** What the last poll left; null: there was none. */
  readonly state: JsonObject | null;
  /** Where there was none: what is there already is new. Else it only sets the mark. */
  readonly takesAll: boolean;
}

/** One thing that is new. */
export interface PolledEvent<O> {
  /** The same for the same event, however often it is seen: it starts one run. */
  readonly id: string;
  readonly data: O;
}

/** What a poll came to. Events and state are stored together, or neither. */
export interface PollAnswer<O> {
  /** The oldest first. */
  readonly events: readonly PolledEvent<O>[];
  /** Where to go on; the same object as was given where nothing moved. */
  readonly state: JsonObject;
  /** There is more: it is asked again at once. Default false. */
  readonly hasMore?: boolean;
  /** The service can say when something comes: `watch` may be called with this state. Default false. */
  readonly canWatch?: boolean;
}

/** The context before the parameters are checked. */
export interface PollInvocation extends Omit<PollContext<unknown>, 'input'> {
  readonly parameters: JsonObject;
}

/** What a polled trigger is asked by. */
export interface PollFunctions {
  /** @throws UserError `parameter_invalid`; what the trigger throws */
  readonly poll: (invocation: PollInvocation) => Promise<PollAnswer<JsonValue> & { readonly nextInMs: number }>;
  /** Ends as soon as something may be new, or as `signal` says. It is a hint: whatever it gives, `poll` is asked. */
  readonly watch?: (invocation: PollInvocation) => Promise<void>;
}
