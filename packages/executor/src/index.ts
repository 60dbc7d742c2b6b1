export { createExecutor, type Executor, type SegmentLoad } from './create-executor.ts';
export { hash36 } from './nodes/chance.ts';
export { CallTimes } from './remote/call-times.ts';
export { POISON_LOSSES, SUSPECT_LOSSES } from './remote/losses.ts';
export { LoopClock } from './remote/loop-clock.ts';
export type { ChildRuns, ChildStart, ExecutorLog, ExecutorPorts, NodeCall, NodeOutcome, NodeRunner, SegmentLimits } from './ports.ts';
