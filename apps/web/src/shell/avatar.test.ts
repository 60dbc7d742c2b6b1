import { expect, it } from 'vitest';
import { initialsOf } from './avatar.tsx';

it('initials are the first letters of the first and last word, whatever the script', () => {
  expect(initialsOf('Ana Maria Lindqvist')).toBe('AL');
  expect(initialsOf('nora')).toBe('N');
  expect(initialsOf('  ')).toBe('?');
  expect(initialsOf('🎉 Party')).toBe('🎉P');
  expect(initialsOf('Maryam (QA)')).toBe('MQ');
});
