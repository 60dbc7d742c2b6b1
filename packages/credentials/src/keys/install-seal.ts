import { createSecretKey } from 'node:crypto';
import { InvariantError } from '@millwright/core';
import { openBytes, placeOf, sealBytes, SealBroken } from './envelope.ts';
import type { RootKey } from './root-key.ts';

/** Seals texts that belong to the whole install rather than to one workspace. */
export interface InstallSeal {
  /** @param place what it belongs to; it opens nowhere else */
  readonly seal: (place: string, text: string) => Uint8Array;
  /** @throws InvariantError `secret_unreadable` where it was sealed by another install or at another place, or was changed */
  readonly open: (place: string, sealed: Uint8Array) => string;
}

/**
 * Makes a seal whose key derives from the root key, so that a rotation of the root key leaves what is sealed readable.
 * @param purpose what it is for: `mail`; another purpose cannot open what this one sealed
 */
export function createInstallSeal(rootKey: Pick<RootKey, 'derive'>, purpose: string): InstallSeal {
  const key = createSecretKey(rootKey.derive(`seal/${purpose}`));
  const at = (place: string): Uint8Array => placeOf('install', purpose, place);
  return {
    seal: (place, text) => sealBytes(key, at(place), Buffer.from(text)),
    open: (place, sealed) => {
      try {
        const plain = openBytes(key, at(place), sealed);
        const text = plain.toString();
        plain.fill(0);
        return text;
      } catch (thrown) {
        if (!(thrown instanceof SealBroken)) throw thrown;
        throw new InvariantError({
          code: 'secret_unreadable',
          message: 'something sealed by this install does not open',
          hint: 'Put the root key back that it was stored with, or enter it again.',
        });
      }
    },
  };
}
