import type { JsonObject } from '@millwright/core';
import type { ReplyMessage } from '@millwright/workflow';
import { ifCompute } from './if/compute.ts';
import { respondCompute } from './respond/compute.ts';
import { waitCompute } from './wait/compute.ts';

/** What the executor runs for a control node, over parameters whose expressions are evaluated. */
export type ControlCompute =
  /** Each item leaves through one port. */
  | { readonly kind: 'route'; readonly route: (parameters: JsonObject) => string }
  /** Everything waits until a time, ms since 1970; evaluated once, for the first item. */
  | { readonly kind: 'wait'; readonly until: (parameters: JsonObject, nowMs: number) => number }
  /** The caller is answered; evaluated once, for the first item. */
  | { readonly kind: 'respond'; readonly reply: (parameters: JsonObject) => ReplyMessage };

/** Control nodes by `PlanNode.control`. Never reachable from `advance`. */
export const controlComputes: Readonly<Record<string, ControlCompute>> = { if: ifCompute, wait: waitCompute, respond: respondCompute };
