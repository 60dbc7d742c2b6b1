export {
  createActivities,
  createRemoteActivities,
  type ActivitiesOptions,
  type NodeExecutor,
  type SegmentExecutor,
} from './create-activities.ts';
export type { CodeMachinery } from './node-code.ts';
export { createItemBlobs } from './item-blobs.ts';
export { createNodeHttp } from './node-http.ts';
export { createNodeRunner, type NodeRunnerOptions } from './node-runner.ts';
export { createPlanConfigs, type LoadPlanConfig } from './plan-configs.ts';
