import { TransientError } from '@millwright/core';
import { expect, it } from 'vitest';
import { toClientError } from './errors.ts';

it.each([1, 4, 8, 14])('gRPC code %i, also inside a cause, means that Temporal is away', (code) => {
  expect(toClientError(new Error('x', { cause: Object.assign(new Error('y'), { code }) }))).toMatchObject({ code: 'temporal_unavailable' });
});

it('other errors stay what they are', () => {
  for (const other of [new Error('x'), Object.assign(new Error('bad'), { code: 3 }), 'text']) expect(toClientError(other)).toBe(other);
  expect(toClientError(new Error('tcp connect error'))).toBeInstanceOf(TransientError);
});
