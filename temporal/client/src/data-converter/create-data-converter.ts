import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { WorkspaceCodec, type PayloadKeys } from './codec.ts';

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/**
 * How values become payloads and back, for clients and workers alike: JSON, tagged with its workspace, encrypted with that workspace's key.
 * @param keys where keys come from
 */
export function createDataConverter(keys: PayloadKeys): DataConverter {
  return {
    payloadConverterPath: pathOf('./payload-converter.ts'),
    failureConverterPath: pathOf('./failure-converter.ts'),
    payloadCodecs: [new WorkspaceCodec(keys)],
  };
}
