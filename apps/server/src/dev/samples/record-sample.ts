import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiPorts } from '@millwright/api';
import { UserError } from '@millwright/core';
import type { CredentialPorts } from '@millwright/credentials';
import type { NodeRunners } from '@millwright/node-registry';
import { knownSecrets } from './known-secrets.ts';
import { scrubSample } from './scrub-sample.ts';

/** What samples are recorded with. */
export interface RecordingParts {
  /** The checkout: files are told relative to it. */
  readonly root: string;
  /** Of the package that has a node type. */
  readonly folderOf: (type: string) => string | null;
  readonly runners: Pick<NodeRunners, 'get'>;
  readonly credentials: Pick<CredentialPorts, 'db' | 'vault'>;
}

/** Writes what a step gave into the package of its type, scrubbed: `samples/<type>@<version>.json`, which the catalog then shows. */
export function recordSamples({ root, folderOf, runners, credentials }: RecordingParts): NonNullable<ApiPorts['recordSample']> {
  return async ({ workspaceId, type, version, value }) => {
    const folder = folderOf(type);
    const action = runners.get(type, version);
    if (folder === null || action === undefined)
      throw new UserError('notFound', {
        code: 'sample_no_package',
        message: `No package in this checkout has ${type} version ${version}.`,
        hint: 'Samples are recorded for actions of node packages.',
      });
    const { sample, replaced } = scrubSample(value, await knownSecrets(credentials, workspaceId));
    const fits = action.outputSchema.safeParse(sample);
    if (!fits.success) {
      const [first] = fits.error.issues;
      throw new UserError('unprocessable', {
        code: 'sample_does_not_fit',
        message: `Without what is private, the data does not fit the output of ${type}: ${first?.path.join('.') ?? ''}: ${first?.message ?? ''}`,
        hint: 'Correct the output schema of the action, or write its sample by hand.',
      });
    }
    const file = path.join(folder, 'samples', `${type}@${version}.json`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(sample, null, 2)}\n`);
    return { file: path.relative(root, file), replaced };
  };
}
