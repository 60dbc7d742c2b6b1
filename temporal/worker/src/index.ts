export { connectTemporal } from './connect.ts';
export { createWorkers, type Workers, type WorkersOptions } from './create-workers.ts';
