export { createExecutor, type Executor } from './create-executor.ts';
export { hash36 } from './nodes/chance.ts';
export type { ExecutorLog, ExecutorPorts, NodeCall, NodeOutcome, NodeRunner, SegmentLimits } from './ports.ts';
