import type { ControlPlan } from '../control-plan.ts';

/** Filter: the items decide, so the plan has nothing to say. */
export const filterPlan: ControlPlan = {};
