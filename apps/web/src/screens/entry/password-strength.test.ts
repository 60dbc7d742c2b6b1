import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_PASSWORD_LENGTH, passwordStrength } from './password-strength.ts';

describe('passwordStrength', () => {
  it('counts what is missing to the shortest that the server takes', () => {
    expect(passwordStrength('short', [])).toEqual({ kind: 'short', missing: 5 });
  });
  it('sees through common words, repetition and what is known of the person', () => {
    expect(passwordStrength('Password123456', []).kind).toBe('guessable');
    expect(passwordStrength('aaaaaaaaaaaaaaaa', []).kind).toBe('guessable');
    expect(passwordStrength('lindqvist2026', ['Ana Lindqvist', 'ana@acme.com']).kind).toBe('guessable');
  });
  it('finds four unrelated words strong without any special character', () => {
    expect(passwordStrength('correct horse battery staple', []).kind).toBe('strong');
  });
  it('calls a short mixed one good enough', () => {
    expect(passwordStrength('tr7Kw!pz2q', []).kind).toBe('fair');
  });
  it('says "short" exactly below the limit', () => {
    assert(
      property(string({ unit: 'grapheme' }), (password) => {
        expect(passwordStrength(password, []).kind === 'short').toBe(password.length < MIN_PASSWORD_LENGTH);
      }),
    );
  });
});
