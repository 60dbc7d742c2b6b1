import type { ControlPlan } from '../control-plan.ts';

/** Respond: the first one that completes answers the caller. */
export const respondPlan: ControlPlan = { answers: true };
