import type { ControlPlan } from '../control-plan.ts';

/** Switch: the items decide, so the plan has nothing to say. */
export const switchPlan: ControlPlan = {};
