import type { PlanNode } from '@millwright/workflow';

/** A node run's node, and the scope instance that it works in; none is the run itself. */
export interface Place {
  readonly nodeId: string;
  readonly scope?: string | undefined;
}

/** A node that waits for more arrivals in a scope instance. */
export interface Pending {
  readonly node: PlanNode;
  readonly scope: string | undefined;
}

/** From where it is looked upwards: input ports of a node, and nodes that are not passed on the way. */
export interface Upwards {
  readonly id: string;
  readonly ports: readonly string[];
  readonly without: readonly string[];
}
