export { advance } from './advance.ts';
export type { Command, EngineEvent, FailedFacts, Outputs, Settled } from './events.ts';
export { retryAt } from './retry.ts';
