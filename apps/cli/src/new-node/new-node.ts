import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isJsonObject, UserError } from '@millwright/core';
import { discoverNodePackages, tryPackage } from '@millwright/node-registry';
import { importDescription, printPackage, type ImportedConnector, type PrintedFile } from '@millwright/openapi-import';
import type { Description } from '@millwright/openapi';
import { addToLockfile } from './lockfile.ts';
import { readSource, type NodeSource } from './read-source.ts';

/** What to make, and where. */
export interface NewNode {
  /** The checkout. */
  readonly root: string;
  /** Key of the connector and name of its folder: one word of lower-case letters and digits. */
  readonly name: string;
  readonly source: NodeSource;
  /** Tags or operations that are wanted of a large description. Default all. */
  readonly only?: readonly string[];
  /** What relative files are relative to. */
  readonly cwd: string;
}

/** What was made. */
export interface MadeNode {
  /** Relative to the checkout. */
  readonly folder: string;
  readonly connector: ImportedConnector;
}

const CONTRACT = 'contracts/openapi.json';

/** Where the suite comes from: named apart, as what is printed below is no import of ours. */
const SUITE_FROM = '@millwright/testing/connectors';

/** The suite that every connector runs, against the description that it was made from. */
const SUITE = `import { fileURLToPath } from 'node:url';
import { describeConnector } from '${SUITE_FROM}';
import connector from './index.ts';

describeConnector(connector, { contract: fileURLToPath(new URL('../${CONTRACT}', import.meta.url)) });
`;

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function requireFree({ root, name }: Pick<NewNode, 'root' | 'name'>): Promise<void> {
  if (!/^[a-z][a-z0-9]{1,39}$/.test(name))
    throw new UserError('invalid', {
      code: 'node_name_invalid',
      message: `"${name}" is no name for a connector`,
      hint: 'Write one word of lower-case letters and digits, such as "acme".',
    });
  if (await isThere(join(root, 'nodes', name)))
    throw new UserError('conflict', {
      code: 'node_name_taken',
      message: `nodes/${name} is there already`,
      hint: 'Choose another name, or change what is there.',
    });
}

function filesOf(connector: ImportedConnector, description: Description): readonly PrintedFile[] {
  return [
    ...printPackage(connector),
    { path: CONTRACT, text: `${JSON.stringify(description.root, null, 2)}\n` },
    { path: 'src/conformance.test.ts', text: SUITE },
  ];
}

/** Whether the package meets the load rules, as the server will see it. */
async function requireLoads(root: string, name: string): Promise<void> {
  const { packages } = await discoverNodePackages(root);
  const found = packages.find(({ dir }) => dir === join(root, 'nodes', name));
  const reason = found === undefined ? 'it is not found' : await tryPackage(found);
  if (reason !== null)
    throw new UserError('unprocessable', {
      code: 'node_not_loadable',
      message: `what came of the description cannot be loaded: ${reason}`,
      hint: 'Nothing was written. Leave operations out with --only, or start empty.',
    });
}

/**
 * Writes `nodes/<name>`: a connector that loads, with its suite, and its entry in the lockfile. Nothing is written when something fails.
 * @throws UserError `node_name_invalid`, `node_name_taken`, `node_not_loadable`, and what reading the source throws
 */
export async function newNode({ root, name, source, only, cwd }: NewNode): Promise<MadeNode> {
  await requireFree({ root, name });
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const { description, origin } = await readSource(source, { title, cwd });
  const connector = importDescription(description, {
    overlay: { key: name, ...(only === undefined ? {} : { only: [...only] }) },
    ...(origin === undefined ? {} : { origin }),
  });
  const folder = `nodes/${name}`;
  const files = filesOf(connector, description);
  try {
    for (const { path, text } of files) {
      const file = join(root, folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await requireLoads(root, name);
    const manifest: unknown = JSON.parse(files.find(({ path }) => path === 'package.json')?.text ?? '{}');
    if (isJsonObject(manifest)) await addToLockfile(root, folder, { ...manifest, name: `@millwright/node-${name}` });
  } catch (thrown) {
    await rm(join(root, folder), { recursive: true, force: true });
    throw thrown;
  }
  return { folder, connector };
}
