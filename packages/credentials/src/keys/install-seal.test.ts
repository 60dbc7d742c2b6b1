import { describe, expect, it } from 'vitest';
import { createInstallSeal } from './install-seal.ts';
import { loadRootKey } from './root-key.ts';

async function sealOf(hex: string, purpose = 'mail') {
  return createInstallSeal(await loadRootKey({ file: '', value: hex.repeat(32) }), purpose);
}

describe('the seal of an install', () => {
  it('opens what it sealed, never twice the same bytes', async () => {
    const seal = await sealOf('ab');
    const [one, two] = [seal.seal('smtp', 'pässword'), seal.seal('smtp', 'pässword')];
    expect(seal.open('smtp', one)).toBe('pässword');
    expect(Buffer.from(one).equals(two)).toBe(false);
    expect(Buffer.from(one).includes('pässword')).toBe(false);
  });

  it('does not open at another place, for another purpose, with another root key, or when changed', async () => {
    const seal = await sealOf('ab');
    const sealed = seal.seal('smtp', 'x');
    const flipped = Uint8Array.from(sealed, (byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte));
    const broken = expect.objectContaining({ code: 'secret_unreadable' });
    expect(() => seal.open('other', sealed)).toThrow(broken);
    expect(() => seal.open('smtp', flipped)).toThrow(broken);
    const [otherPurpose, otherKey] = [await sealOf('ab', 'alerts'), await sealOf('cd')];
    expect(() => otherPurpose.open('smtp', sealed)).toThrow(broken);
    expect(() => otherKey.open('smtp', sealed)).toThrow(broken);
  });
});
