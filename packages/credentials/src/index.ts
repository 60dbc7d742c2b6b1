export { loadRootKey, RootKey } from './root-key.ts';
export { createWorkspaceKeys, type WorkspaceKeys } from './workspace-keys.ts';
