// First: what comes after it loads the SDK.
import './without-bundler.ts';
export { connectTemporal, type TemporalLink } from './connect.ts';
export { createWorkers, type Workers, type WorkersOptions } from './create-workers.ts';
export { currentBuild, deploymentName, promoteBuild, type Build } from './deployment.ts';
