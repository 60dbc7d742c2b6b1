import type { ControlPlan } from '../control-plan.ts';

/** Loop: every list begins anew; a round ends when nothing can come back any more. */
export const loopPlan: ControlPlan = { eachArrival: true, rounds: 'back' };
