import type { ControlPlan } from '../control-plan.ts';

/** Merge: waits for its inputs like every node that has several. */
export const mergePlan: ControlPlan = {};
