import type { ControlPlan } from '../control-plan.ts';

/** Stop with error: its parameters decide, so the plan has nothing to say. */
export const stopPlan: ControlPlan = {};
