import type { ControlPlan } from '../control-plan.ts';

/** Wait: hands its items on when the time has come. */
export const waitPlan: ControlPlan = { onTimer: { main: 'main' } };
