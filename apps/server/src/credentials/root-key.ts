import path from 'node:path';
import { loadRootKey, type RootKey } from '@millwright/credentials';
import type { ServerConfig } from '../config.ts';

/** The install's root key: given by the environment, printed by a command, or the file in the data folder. @throws as `loadRootKey` */
export async function rootKeyOf(
  config: Pick<ServerConfig, 'MILLWRIGHT_DATA' | 'MILLWRIGHT_ROOT_KEY' | 'MILLWRIGHT_ROOT_KEY_COMMAND'>,
): Promise<RootKey> {
  return loadRootKey({
    file: path.join(path.resolve(config.MILLWRIGHT_DATA), 'root.key'),
    value: config.MILLWRIGHT_ROOT_KEY,
    command: config.MILLWRIGHT_ROOT_KEY_COMMAND,
  });
}
