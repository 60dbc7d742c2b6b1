export { advance } from './advance.ts';
export type { Command, EngineEvent, FailedFacts, ListPart, Outputs, Settled } from './events.ts';
export { retryAt } from './failing/retry.ts';
export { keyIn } from './scope-keys.ts';
export { countOf } from './tables/counts.ts';
