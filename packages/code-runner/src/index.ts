export { createCodeRunner } from './create-code-runner.ts';
export { probeWalls } from './walls/probe-walls.ts';
export { LIMITS } from './limits.ts';
export type * from './types.ts';
