/** Program: writes the workflow bundle to standard output. On its own, so that no server keeps the memory that this takes. */
import { createRequire } from 'node:module';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const require = createRequire(import.meta.url);

const { code } = await bundleWorkflowCode({
  workflowsPath: require.resolve('@millwright/temporal-workflows'),
  payloadConverterPath: require.resolve('@millwright/temporal-workflows/payload-converter'),
  failureConverterPath: require.resolve('@millwright/temporal-workflows/failure-converter'),
  // Holds no state of a run, so it is loaded once, not for each run.
  preloadModules: ['@temporalio/common', '@millwright/core'],
  logger: new DefaultLogger('ERROR'),
});
process.stdout.write(code);
