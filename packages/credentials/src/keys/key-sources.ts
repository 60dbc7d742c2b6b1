import { exec } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '@millwright/core';

/** How long a key store may take, in ms. */
const COMMAND_MS = 30_000;
const COMMAND_BYTES = 4_096;

/** The file's text; null where there is none. @throws UserError `root_key_exposed` */
export async function readKeyFile(file: string): Promise<string | null> {
  try {
    const { mode } = await stat(file);
    // Windows has no such bits; its profile folders are private.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new UserError('forbidden', {
        code: 'root_key_exposed',
        message: `${file} can be read or changed by other users (mode ${(mode & 0o777).toString(8)})`,
        hint: `Run: chmod 600 ${file}. If others had access, treat every stored credential as known to them.`,
      });
    }
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}

async function writeBeside(file: string, text: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  const handle = await open(beside, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return beside;
}

/** Written beside and linked into place: the file appears whole or not at all, and the first one stays. */
export async function makeKeyFile(file: string): Promise<string> {
  const beside = await writeBeside(file, `${randomBytes(32).toString('base64')}\n`);
  try {
    await link(beside, file);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  } finally {
    await rm(beside, { force: true });
  }
  return (await readKeyFile(file)) ?? '';
}

/** Written beside and renamed: whoever reads finds the old text or the new one. */
export async function replaceKeyFile(file: string, text: string): Promise<void> {
  const beside = await writeBeside(file, text);
  await chmod(beside, 0o600);
  await rename(beside, file);
}

/** What a command prints. @throws UserError `root_key_command`; neither output nor errors of the command are repeated, they may hold the key */
export async function readKeyCommand(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(exec)(command, { timeout: COMMAND_MS, maxBuffer: COMMAND_BYTES });
    return stdout;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    throw new UserError('unprocessable', {
      code: 'root_key_command',
      message: `MILLWRIGHT_ROOT_KEY_COMMAND failed (${code})`,
      hint: 'Run it by hand as the user of this server: within 30 s it has to print the root key and nothing else.',
    });
  }
}
