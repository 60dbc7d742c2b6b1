import type { ControlPlan } from './control-plan.ts';
import { ifPlan } from './if/plan.ts';
import { respondPlan } from './respond/plan.ts';
import { waitPlan } from './wait/plan.ts';

/** Control nodes by `PlanNode.control`. */
export const controlPlans: Readonly<Record<string, ControlPlan>> = { if: ifPlan, wait: waitPlan, respond: respondPlan };
