import type { ControlPlan } from '../control-plan.ts';

/** No operation: items pass, so the plan has nothing to say. */
export const noOpPlan: ControlPlan = {};
