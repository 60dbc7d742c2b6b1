export { loadRootKey, type RootKey, type RootKeySource } from './root-key.ts';
export { createWorkspaceKeys, type WorkspaceKey, type WorkspaceKeys } from './workspace-keys.ts';
