export * from './identity.ts';
export * from './reliability.ts';
export * from './runs.ts';
export * from './test-runs.ts';
export * from './variables.ts';
export * from './workflows.ts';
