import path from 'node:path';
import { messageOf } from '@millwright/core';
import { toNodeTypeInfo, type CredentialTypeInfo } from '@millwright/node-sdk';
import type { NodeTypeInfo } from '@millwright/workflow';
import { hookImports } from './fresh-modules.ts';
import { loadPackage } from './load-package.ts';
import { withRecordedSample } from './recorded-samples.ts';
import { sourcePlace, type SourcePlace } from './source-place.ts';

/** What the child says of one package. */
export type ChildReport =
  | {
      readonly entry: string;
      readonly key: string;
      readonly title: string;
      readonly nodeTypes: readonly NodeTypeInfo[];
      readonly credentialTypes: readonly CredentialTypeInfo[];
    }
  | { readonly entry: string; readonly reason: string; readonly at?: SourcePlace };

async function report(entry: string): Promise<ChildReport> {
  try {
    const { key, title, nodes, locales, credentialTypes = [] } = await loadPackage(entry);
    return { entry, key, title, nodeTypes: nodes.map((node) => toNodeTypeInfo(withRecordedSample(node, entry), locales)), credentialTypes };
  } catch (failure) {
    const at = sourcePlace(failure, [path.dirname(entry)]);
    return { entry, reason: messageOf(failure), ...(at === null ? {} : { at }) };
  }
}

// Started by `build-catalog.ts` only: imports packages, says what is in them, and is gone.
if (process.send !== undefined) {
  hookImports();
  for (const entry of process.argv.slice(2)) {
    const said = await report(entry);
    await new Promise((resolve) => process.send?.(said, resolve));
  }
  process.disconnect();
}
