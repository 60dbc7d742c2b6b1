import { isJsonObject } from '@millwright/core';

/** Payload metadata: the workspace, between converter and codec in our own process only. */
export const WORKSPACE_METADATA = 'millwright-workspace';

/** Payload metadata: id of the key that it is encrypted with; on the wire. */
export const KEY_METADATA = 'millwright-key';

/** Longest workspace id that a tag takes. */
const MAX_WORKSPACE_ID = 64;

/**
 * The workspace that a value of ours belongs to: its own `workspaceId`, or its header's.
 * Everything that crosses Temporal carries one, so that its payload can be encrypted with that workspace's key.
 */
export function workspaceOf(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const header = value['header'];
  const found = value['workspaceId'] ?? (isJsonObject(header) ? header['workspaceId'] : undefined);
  return typeof found === 'string' && found !== '' && found.length <= MAX_WORKSPACE_ID ? found : undefined;
}
