export * from './document.ts';
export * from './node-type.ts';
export * from './parameter-schema.ts';
export * from './parse-document.ts';
export type * from './plan.ts';
export * from './ports.ts';
export type * from './remote-call.ts';
export type * from './run.ts';
export * from './states.ts';
