import { endpoints } from '@millwright/contracts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/keys/rotate` */
export const rotateKeys = defineRoute(
  endpoints.keys.rotate,
  { ...WRITE_RULES, permission: 'keys.rotate', audit: 'key.rotated' },
  async ({ body: { key }, principal, write }, { credentials: { rotation } }) => {
    const rotated =
      key === 'root'
        ? await rotation.rotateRootKey().then(({ rootId, rewrapped }) => ({ id: rootId, rewrapped }))
        : await rotation.rotateWorkspaceKey(principal.workspaceId).then(({ keyId, rewrapped }) => ({ id: keyId, rewrapped }));
    await write(async (_tx, audit) => audit({ kind: 'key', id: rotated.id }, { key, rewrapped: rotated.rewrapped }));
    return { key, ...rotated };
  },
);
