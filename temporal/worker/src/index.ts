// First: what comes after it loads the SDK.
import './without-bundler.ts';
export { connectTemporal } from './connect.ts';
export { createWorkers, type Workers, type WorkersOptions } from './create-workers.ts';
