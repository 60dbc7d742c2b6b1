import type { ControlPlan } from '../control-plan.ts';

/** If: the items decide, so the plan has nothing to say. */
export const ifPlan: ControlPlan = {};
