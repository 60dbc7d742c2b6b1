import type { NodeTypeInfo } from '@millwright/workflow';
import { ifDefinition } from './control/if/definition.ts';
import { respondDefinition } from './control/respond/definition.ts';
import { waitDefinition } from './control/wait/definition.ts';

export { controlComputes, type ControlCompute } from './control/compute.ts';
export { ENGINE_VERSION } from './version.ts';

/** The node types that the engine itself knows, as the catalog lists them. */
export const controlNodeTypes: readonly NodeTypeInfo[] = [ifDefinition, waitDefinition, respondDefinition];
