import { advancePlans } from './advance-plans.ts';
import type { ControlPlan } from './control-plan.ts';
import { filterPlan } from './filter/plan.ts';
import { ifPlan } from './if/plan.ts';
import { mergePlan } from './merge/plan.ts';
import { noOpPlan } from './no-op/plan.ts';
import { stopPlan } from './stop/plan.ts';
import { switchPlan } from './switch/plan.ts';

/** Control nodes by `PlanNode.control`. Those that have nothing to say do not enter the Temporal workflow. */
export const controlPlans: Readonly<Record<string, ControlPlan>> = {
  ...advancePlans,
  if: ifPlan,
  filter: filterPlan,
  merge: mergePlan,
  noOp: noOpPlan,
  stop: stopPlan,
  switch: switchPlan,
};
