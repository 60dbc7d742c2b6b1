import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

describe('a password', () => {
  it('is stored as argon2id, salted, and known again', async () => {
    const [first, second] = [await hashPassword('grüße, welt'), await hashPassword('grüße, welt')];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword({ hash: first, password: 'gru\u0308ße, welt' })).toBe(true);
    expect(await verifyPassword({ hash: first, password: 'grüße, Welt' })).toBe(false);
  });

  it('is never right for a hash of another form', async () => {
    for (const hash of ['', 'plain', '$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA'])
      expect(await verifyPassword({ hash, password: 'plain' })).toBe(false);
  });
});
