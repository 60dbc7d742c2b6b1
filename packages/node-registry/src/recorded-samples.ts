import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UserError, type JsonValue } from '@millwright/core';
import type { NodeDefinition } from '@millwright/node-sdk';

/** The folder whose package.json an entry file belongs to. */
function packageFolder(entry: string): string {
  let folder = path.dirname(entry);
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  return folder;
}

function readSample(file: string, { outputSchema }: NodeDefinition): JsonValue {
  try {
    return outputSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    throw new UserError('invalid', {
      code: 'node_package_invalid',
      message: `samples/${path.basename(file)} does not fit the output of its action: ${messageOf(thrown).slice(0, 300)}`,
    });
  }
}

/**
 * The same node type with the sample that was recorded for it: `samples/<type>@<version>.json` beside package.json.
 * @throws UserError `node_package_invalid` when it does not fit
 */
export function withRecordedSample(node: NodeDefinition, entry: string): NodeDefinition {
  const { type, version } = node.info;
  const file = path.join(packageFolder(entry), 'samples', `${type}@${version}.json`);
  return existsSync(file) ? { ...node, info: { ...node.info, sample: readSample(file, node) } } : node;
}
