import { InvariantError, TransientError } from '@millwright/core';
import { expect, it } from 'vitest';
import { toTemporalFailure } from './failures.ts';

it('only a dependency that is away is tried again; the workspace goes along', () => {
  expect(toTemporalFailure(new TransientError({ code: 'database_unavailable', message: 'm' }), 'ws_1')).toMatchObject({
    type: 'millwright.transient',
    nonRetryable: false,
    details: [{ workspaceId: 'ws_1', code: 'database_unavailable' }],
  });
  expect(toTemporalFailure(new InvariantError({ code: 'bug', message: 'm' }), 'ws_1')).toMatchObject({
    type: 'millwright.broken',
    nonRetryable: true,
  });
  expect(toTemporalFailure('thrown text', 'ws_1')).toMatchObject({
    nonRetryable: true,
    message: 'thrown text',
    details: [{ code: 'internal_error' }],
  });
});
