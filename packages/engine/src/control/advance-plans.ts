import type { PlanNode } from '@millwright/workflow';
import { compensatePlan } from './compensate/plan.ts';
import type { ControlPlan } from './control-plan.ts';
import { loopPlan } from './loop/plan.ts';
import { mapPlan } from './map/plan.ts';
import { respondPlan } from './respond/plan.ts';
import { tryPlan } from './try/plan.ts';
import { waitPlan } from './wait/plan.ts';

/** Control nodes of which `advance` has to know something, by `PlanNode.control`. */
export const advancePlans: Readonly<Record<string, ControlPlan>> = {
  wait: waitPlan,
  respond: respondPlan,
  loop: loopPlan,
  map: mapPlan,
  try: tryPlan,
  compensate: compensatePlan,
};

/** What `advance` knows of a node; undefined where that is nothing. */
export function planOf({ control }: PlanNode): ControlPlan | undefined {
  return control === null ? undefined : advancePlans[control];
}
