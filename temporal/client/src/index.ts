export type { PayloadKeys } from './data-converter/codec.ts';
export { createDataConverter } from './data-converter/create-data-converter.ts';
export { EagerStarts } from './eager-starts.ts';
export { createRunStarter, type RunDescription, type RunStarter, type RunStarterOptions, type Started } from './run-starter.ts';
