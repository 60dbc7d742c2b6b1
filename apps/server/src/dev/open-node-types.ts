import type { ApiPorts } from '@millwright/api';
import type { Lifecycle } from '@millwright/platform';
import type { ServerConfig } from '../config.ts';
import { installNodeTypes, ROOT, type InstalledNodeTypes, type NodeTypesPlace } from '../node-types.ts';
import { followNodeTypes } from './live-node-types.ts';
import { recordSamples, type RecordingParts } from './samples/record-sample.ts';

/** Node types as a server process uses them. */
export interface OpenNodeTypes extends InstalledNodeTypes {
  /** What the API does with the sources; nothing where they are not followed. */
  readonly sources: (credentials: RecordingParts['credentials']) => Pick<ApiPorts, 'nodeFaults' | 'recordSample'>;
  /** Calls back when they have changed: never where they are not followed. */
  readonly onChange: (listener: () => void) => void;
}

/** Who opens them. */
export interface OpeningProcess {
  readonly config: Pick<ServerConfig, 'MILLWRIGHT_DEV' | 'MILLWRIGHT_DEV_FOLDER'>;
  readonly lifecycle: Lifecycle;
  /** Whether types are checked and the developer is told here. */
  readonly isFirst: boolean;
}

/** Installs the node types; on a machine of a developer they follow their sources. */
export async function openNodeTypes(place: NodeTypesPlace, { config, lifecycle, isFirst }: OpeningProcess): Promise<OpenNodeTypes> {
  if (!config.MILLWRIGHT_DEV) return { ...(await installNodeTypes(place)), sources: () => ({}), onChange: () => undefined };
  const { faults, folderOf, close, ...live } = await followNodeTypes({ ...place, folder: config.MILLWRIGHT_DEV_FOLDER, isFirst });
  lifecycle.onStop('sources of nodes', close);
  const { runners } = live;
  return {
    ...live,
    sources: (credentials) => ({ nodeFaults: faults, recordSample: recordSamples({ root: ROOT, folderOf, runners, credentials }) }),
  };
}
