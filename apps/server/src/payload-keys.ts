import type { WorkspaceKeys } from '@millwright/credentials';
import type { PayloadKeys } from '@millwright/temporal-client';

/** Between workspace and key in the id that a payload carries; neither contains it. */
const SEPARATOR = '/';

/** Workspace keys as Temporal's payload codec asks for them: by one id that also names the workspace. */
export function payloadKeys(keys: WorkspaceKeys): PayloadKeys {
  return {
    keyIdFor: async (workspaceId) => `${workspaceId}${SEPARATOR}${(await keys.workspaceKey(workspaceId)).id}`,
    keyFor: async (keyId) => {
      const at = keyId.indexOf(SEPARATOR);
      const { key } = await keys.workspaceKeyById(keyId.slice(0, at), keyId.slice(at + 1));
      return key.export();
    },
  };
}
