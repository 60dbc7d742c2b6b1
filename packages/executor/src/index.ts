export { createExecutor, type Executor } from './create-executor.ts';
export { hash36 } from './nodes/chance.ts';
export type { ChildRuns, ChildStart, ExecutorLog, ExecutorPorts, NodeCall, NodeOutcome, NodeRunner, SegmentLimits } from './ports.ts';
