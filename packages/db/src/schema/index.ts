export * from './identity.ts';
export * from './runs.ts';
export * from './workflows.ts';
