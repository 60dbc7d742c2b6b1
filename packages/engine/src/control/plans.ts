import { compensatePlan } from './compensate/plan.ts';
import type { ControlPlan } from './control-plan.ts';
import { ifPlan } from './if/plan.ts';
import { filterPlan } from './filter/plan.ts';
import { loopPlan } from './loop/plan.ts';
import { mapPlan } from './map/plan.ts';
import { mergePlan } from './merge/plan.ts';
import { noOpPlan } from './no-op/plan.ts';
import { respondPlan } from './respond/plan.ts';
import { stopPlan } from './stop/plan.ts';
import { switchPlan } from './switch/plan.ts';
import { tryPlan } from './try/plan.ts';
import { waitPlan } from './wait/plan.ts';

/** Control nodes by `PlanNode.control`. */
export const controlPlans: Readonly<Record<string, ControlPlan>> = {
  if: ifPlan,
  wait: waitPlan,
  respond: respondPlan,
  switch: switchPlan,
  filter: filterPlan,
  merge: mergePlan,
  loop: loopPlan,
  stop: stopPlan,
  noOp: noOpPlan,
  map: mapPlan,
  try: tryPlan,
  compensate: compensatePlan,
};
