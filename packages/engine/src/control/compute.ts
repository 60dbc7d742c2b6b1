import type { JsonObject } from '@millwright/core';
import type { ReplyMessage } from '@millwright/workflow';
import { ifCompute } from './if/compute.ts';
import { filterCompute } from './filter/compute.ts';
import type { ListsRun } from './lists.ts';
import { loopCompute } from './loop/compute.ts';
import { mergeCompute } from './merge/compute.ts';
import { noOpCompute } from './no-op/compute.ts';
import { respondCompute } from './respond/compute.ts';
import { stopCompute } from './stop/compute.ts';
import { switchCompute } from './switch/compute.ts';
import { waitCompute } from './wait/compute.ts';

/** What the executor runs for a control node, over parameters whose expressions are evaluated. */
export type ControlCompute =
  /**
   * Each item leaves through one port, or through several, or through none.
   * `otherwise`: the port for items that fail where errors do not stop the run. Default, and where the node has no such port: the first.
   */
  | { readonly kind: 'route'; readonly route: (parameters: JsonObject) => string | readonly string[]; readonly otherwise?: string }
  /** Whole lists, of several inputs too, with a memory from node run to node run. */
  | { readonly kind: 'lists'; readonly run: ListsRun }
  /** Everything waits until a time, ms since 1970; evaluated once, for the first item. */
  | { readonly kind: 'wait'; readonly until: (parameters: JsonObject, nowMs: number) => number }
  /** The caller is answered; evaluated once, for the first item. */
  | { readonly kind: 'respond'; readonly reply: (parameters: JsonObject) => ReplyMessage };

/** Control nodes by `PlanNode.control`. Never reachable from `advance`. */
export const controlComputes: Readonly<Record<string, ControlCompute>> = {
  if: ifCompute,
  wait: waitCompute,
  respond: respondCompute,
  switch: switchCompute,
  filter: filterCompute,
  merge: mergeCompute,
  loop: loopCompute,
  stop: stopCompute,
  noOp: noOpCompute,
};
