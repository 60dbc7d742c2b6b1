import { MillwrightError, UserError } from '@millwright/core';

const SENTENCES: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: [
    'the disk is full',
    'Free some space (a new install needs 400 MB) and start again, or set MILLWRIGHT_DATA to a folder on another disk.',
  ],
  EDQUOT: ['your disk quota is used up', 'Free some space and start again, or set MILLWRIGHT_DATA to a folder on another disk.'],
  EROFS: ['the disk is read-only', 'Set MILLWRIGHT_DATA to a folder that can be written.'],
  EACCES: [
    'it may not be written by this user',
    'Give this user the right to write there, or set MILLWRIGHT_DATA to a folder of your own.',
  ],
  EPERM: ['it may not be written by this user', 'Give this user the right to write there, or set MILLWRIGHT_DATA to a folder of your own.'],
  ENOTDIR: ['part of that path is a file', 'Set MILLWRIGHT_DATA to a folder.'],
  EEXIST: ['part of that path is a file', 'Set MILLWRIGHT_DATA to a folder.'],
  ENOENT: ['it cannot be made there', 'Set MILLWRIGHT_DATA to a folder that can be written.'],
};

/** Turns the operating system's refusal to write into a sentence with what to do. Other errors pass through. */
export function explainDiskFault(path: string, thrown: unknown): unknown {
  const code = faultCode(thrown);
  const sentence = code === undefined ? undefined : SENTENCES[code];
  if (sentence === undefined) return thrown;
  return new UserError('unprocessable', {
    code: 'data_dir_unusable',
    message: `${path} cannot be used: ${sentence[0]}.`,
    hint: sentence[1],
    details: { fault: code },
    cause: thrown,
  });
}

function faultCode(thrown: unknown): string | undefined {
  if (thrown instanceof MillwrightError) {
    const said = thrown.details?.['output'];
    const output = typeof said === 'string' ? said : '';
    if (/No space left on device/i.test(output)) return 'ENOSPC';
    if (/Read-only file system/i.test(output)) return 'EROFS';
    return undefined;
  }
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}

/**
 * Does work on a folder's files.
 * @throws UserError `data_dir_unusable` when the disk refuses
 */
export async function usableOrExplain<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw explainDiskFault(path, thrown);
  }
}
