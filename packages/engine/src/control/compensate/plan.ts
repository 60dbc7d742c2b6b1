import type { ControlPlan } from '../control-plan.ts';

/** Compensate: its inside runs as `do`, and as `undo` when what holds it fails later. */
export const compensatePlan: ControlPlan = { container: { kind: 'compensate', exit: 'result' } };
