import { ConnectorError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { toRunError } from './run-error.ts';

describe('what a run says of a failed step', () => {
  const failure = (details: Readonly<Record<string, string | boolean>>) =>
    toRunError(new ConnectorError('transient', { code: 'egress_timeout', message: 'late', details }), { nodeId: 'a' });

  it('is that its time was over where a service took too long, as where the step did', () => {
    expect(failure({ sent: true, reason: 'timeout' })).toMatchObject({ code: 'egress_timeout', reason: 'timeout' });
  });

  it('has no reason of its own otherwise', () => {
    expect(failure({ sent: true })).not.toHaveProperty('reason');
    expect(failure({ reason: 'user' })).not.toHaveProperty('reason');
  });
});
