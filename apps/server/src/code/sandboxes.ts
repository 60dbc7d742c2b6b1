import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createCodeRunner, type CodeRunner, type CodeRunnerOptions, type CodeRunnerStatus } from '@millwright/code-runner';
import { UserError } from '@millwright/core';
import type { Logger } from '@millwright/platform';
import type { CodeMachinery } from '@millwright/temporal-activities';
import { z } from 'zod';
import type { ServerConfig } from '../config.ts';

/** The part of the settings that is about Code steps. */
type CodeConfig = Pick<
  ServerConfig,
  | 'MILLWRIGHT_MULTI_TENANT'
  | 'MILLWRIGHT_CODE_LEVEL'
  | 'MILLWRIGHT_CODE_ONE_SHOT'
  | 'MILLWRIGHT_CODE_MEMORY_MB'
  | 'MILLWRIGHT_CODE_PACKAGES'
>;

/** The sandboxes of one process. */
export interface Sandboxes extends CodeMachinery {
  readonly status: () => Pick<CodeRunnerStatus, 'level' | 'python'> & { readonly oneShot: boolean; readonly packages: readonly string[] };
  readonly close: () => Promise<void>;
}

/**
 * Starts the sandboxes of a process that runs steps.
 * @throws UserError when the walls are weaker than the settings ask for, or the folder of packages cannot be read
 */
export async function startSandboxes(config: CodeConfig, logger: Logger): Promise<Sandboxes> {
  const packages = await allowedPackages(config.MILLWRIGHT_CODE_PACKAGES);
  const runner = await createCodeRunner(runnerOptions(config, logger));
  const { level } = runner.status();
  if (level === 'L1')
    logger.warn({ level }, 'Code steps run without walls of the operating system: only for installs whose people trust each other');
  return {
    runner,
    packages,
    status: () => ({ level: runner.status().level, python: runner.status().python, oneShot: config.MILLWRIGHT_CODE_ONE_SHOT, packages }),
    close: () => runner.close(),
  };
}

/** Sandboxes that start with the first program: for processes that rarely run one. */
export function lateSandboxes(config: CodeConfig, logger: Logger): CodeMachinery & { readonly close: () => Promise<void> } {
  let starting: Promise<CodeRunner> | null = null;
  const runner = (): Promise<CodeRunner> => (starting ??= createCodeRunner({ ...runnerOptions(config, logger), spares: 0 }));
  return {
    runner: {
      run: async (call) => {
        const packages = await allowedPackages(config.MILLWRIGHT_CODE_PACKAGES);
        return (await runner()).run({ ...call, packages });
      },
    },
    close: async () => (await starting)?.close(),
  };
}

function runnerOptions(config: CodeConfig, logger: Logger): CodeRunnerOptions {
  const folder = config.MILLWRIGHT_CODE_PACKAGES;
  const least = config.MILLWRIGHT_CODE_LEVEL;
  return {
    logger,
    // Installs without Code steps should not pay for them; the first call of a quiet time starts its own process.
    isWarm: false,
    oneShot: config.MILLWRIGHT_CODE_ONE_SHOT,
    memoryMb: config.MILLWRIGHT_CODE_MEMORY_MB,
    atLeast: config.MILLWRIGHT_MULTI_TENANT && least === 'L1' ? 'L2' : least,
    ...(folder === undefined ? {} : { packagesFolder: path.resolve(folder) }),
  };
}

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/**
 * Packages that an admin installed in a folder: those that its `package.json` names, not what they bring along.
 * @throws UserError `config_invalid`
 */
export async function allowedPackages(folder: string | undefined): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const file = path.join(path.resolve(folder), 'package.json');
  try {
    return Object.keys(manifestSchema.parse(JSON.parse(await readFile(file, 'utf8'))).dependencies).toSorted();
  } catch (cause) {
    throw new UserError('invalid', {
      code: 'config_invalid',
      message: `MILLWRIGHT_CODE_PACKAGES: ${file} cannot be read`,
      hint: 'Run `npm init -y` and `npm install <package>` in that folder, or leave the setting out.',
      cause,
    });
  }
}
