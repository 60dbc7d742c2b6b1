import type { NodeTypeInfo } from '@millwright/workflow';
import { callWorkflowDefinition } from './control/call-workflow/definition.ts';
import { ifDefinition } from './control/if/definition.ts';
import { filterDefinition } from './control/filter/definition.ts';
import { loopDefinition } from './control/loop/definition.ts';
import { compensateDefinition } from './control/compensate/definition.ts';
import { mapDefinition } from './control/map/definition.ts';
import { mergeDefinition } from './control/merge/definition.ts';
import { noOpDefinition } from './control/no-op/definition.ts';
import { respondDefinition } from './control/respond/definition.ts';
import { stopDefinition } from './control/stop/definition.ts';
import { switchDefinition } from './control/switch/definition.ts';
import { tryDefinition } from './control/try/definition.ts';
import { waitDefinition } from './control/wait/definition.ts';

export { callInputs, checkCallInput, type CallInput } from './control/call-workflow/check-input.ts';
export { undoableSections, type UndoableSection } from './control/compensate/sections.ts';
export { UNDO_INDEX } from './control/compensate/undo-index.ts';
export { repeatedNodes } from './control/repeated.ts';
export { controlComputes, type ControlCompute } from './control/compute.ts';
export { loopContext } from './control/loop/context.ts';
export type { Given, ListsCall, ListsEnd, ListsRun, Part } from './control/lists.ts';
export { ENGINE_VERSION, KEPT_VERSIONS } from './version.ts';

/** The node types that the engine itself knows, as the catalog lists them. */
export const controlNodeTypes: readonly NodeTypeInfo[] = [
  ifDefinition,
  waitDefinition,
  respondDefinition,
  switchDefinition,
  filterDefinition,
  mergeDefinition,
  loopDefinition,
  stopDefinition,
  noOpDefinition,
  mapDefinition,
  tryDefinition,
  compensateDefinition,
  callWorkflowDefinition,
];
