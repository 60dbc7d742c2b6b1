import { parseArgs } from 'node:util';
import { messageOf, UserError } from '@millwright/core';
import { ROOT, type CliConfig } from '../config.ts';
import { say } from '../terminal.ts';
import { newNode } from './new-node.ts';
import type { NodeSource } from './read-source.ts';

const USAGE = `millwright new:node <name>                          an empty connector
millwright new:node <name> --from <file or URL>     from a service's description (--openapi is the same)
                           --only <tag,tag>         of it only these tags or operations
millwright new:node <name> --curl '<command>'       from one request`;

interface Asked {
  readonly name: string;
  readonly source: NodeSource;
  readonly only: readonly string[] | undefined;
}

function usage(message: string): UserError {
  return new UserError('invalid', { code: 'arguments_invalid', message, hint: USAGE });
}

function read(args: readonly string[]): Asked {
  try {
    const options = { from: { type: 'string' }, openapi: { type: 'string' }, curl: { type: 'string' }, only: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw usage('one name is needed');
    const { curl, only } = values;
    const openapi = values.from ?? values.openapi;
    if ([values.from, values.openapi, curl].filter((one) => one !== undefined).length > 1)
      throw usage('--from, --openapi and --curl exclude each other');
    const made: NodeSource =
      openapi === undefined
        ? curl === undefined
          ? { kind: 'empty' }
          : { kind: 'curl', command: curl }
        : { kind: 'openapi', from: openapi };
    return { name, source: made, only: only?.split(',').map((one) => one.trim()) };
  } catch (thrown) {
    throw thrown instanceof UserError ? thrown : usage(messageOf(thrown));
  }
}

/**
 * `millwright new:node`: writes a connector and says what to do next.
 * @returns the exit code
 */
export async function newNodeCommand({ cwd }: CliConfig, args: readonly string[]): Promise<number> {
  const { name, source, only } = read(args);
  const { folder, connector } = await newNode({ root: ROOT, name, source, cwd, ...(only === undefined ? {} : { only }) });
  const skipped = connector.skipped.map(({ operation, why }) => `  left out: ${operation}: ${why}`);
  const notes = connector.notes.map((note) => `  look at: ${note}`);
  say(
    [
      `${connector.title}: ${Object.keys(connector.actions).length} actions in ${folder}.`,
      ...[...skipped, ...notes].slice(0, 10),
      '',
      '  See it in the editor:  npm run dev',
      `  Prove it:              npx vitest run --project unit ${folder}`,
    ].join('\n'),
  );
  return 0;
}
