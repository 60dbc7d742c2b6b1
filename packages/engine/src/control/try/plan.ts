import type { ControlPlan } from '../control-plan.ts';

/** Try: its inside runs as `try`, after a failure as `catch`, and at last as `finally`. */
export const tryPlan: ControlPlan = { container: { kind: 'try', exit: 'result' } };
