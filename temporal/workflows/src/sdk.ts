/**
 * What workflow code uses of the SDK, from the modules that have it: each run loads its own copy of our modules, and the SDK's entry
 * with them, whose 150 names of everything else cost a run more than all of our code.
 */
export { ActivityCancellationType } from '@temporalio/workflow/lib/activities.js';
export { CancellationScope } from '@temporalio/workflow/lib/cancellation-scope.js';
export {
  condition,
  continueAsNew,
  defineSignal,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow/lib/workflow.js';
