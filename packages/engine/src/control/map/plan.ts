import type { ControlPlan } from '../control-plan.ts';

/** Map: its inside runs once per item; what reaches `collect` there is that item's result. */
export const mapPlan: ControlPlan = { container: { kind: 'map', exit: 'collect' } };
