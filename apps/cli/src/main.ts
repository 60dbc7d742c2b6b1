import { readConfig, type CliConfig } from './config.ts';
import { doctor } from './doctor.ts';
import { dev } from './dev.ts';
import { keys } from './keys.ts';
import { newNodeCommand } from './new-node/command.ts';
import { start } from './start.ts';
import { say, sayFailure } from './terminal.ts';

type Command = (config: CliConfig, args: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, { readonly what: string; readonly run: Command }>> = {
  start: { what: 'start everything on this machine', run: start },
  dev: { what: 'start everything and follow the sources of node packages; refused in production', run: dev },
  doctor: { what: 'check what a start needs', run: doctor },
  keys: { what: 'exchange keys while everything goes on: keys rotate [root | workspaces]', run: keys },
  'new:node': { what: 'make a connector, empty or from a description or a cURL command', run: newNodeCommand },
};

async function main(name: string | undefined): Promise<number> {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    say(
      `Usage: millwright <command>\n${Object.entries(COMMANDS)
        .map(([known, { what }]) => `  ${known.padEnd(8)} ${what}`)
        .join('\n')}`,
    );
    return 2;
  }
  try {
    return await command.run(readConfig(), process.argv.slice(3));
  } catch (thrown) {
    sayFailure(thrown);
    return 1;
  }
}

process.exit(await main(process.argv[2]));
