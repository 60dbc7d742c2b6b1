import { ConnectorError, UserError, type ConnectorErrorKind, type MillwrightError } from '@millwright/core';
import type { Outcome } from '@millwright/workflow';

const KINDS: readonly ConnectorErrorKind[] = ['auth', 'rate', 'transient', 'permanent', 'partial'];

/** The error that a call ends with so that its outcome is the one that was stored. */
export function failureOf({ status, error }: Pick<Outcome, 'status' | 'error'>): MillwrightError {
  const { code = 'lost', message = 'lost', hint, kind, reason, retryAfterMs, field } = error ?? {};
  const facts = {
    code,
    message,
    hint,
    ...(retryAfterMs === undefined ? {} : { retry: { afterMs: retryAfterMs } }),
    details: { reason, field, ...(status === 'unknown' ? { sent: true } : status === 'notSent' ? { sent: false } : { status: 400 }) },
  };
  const known = KINDS.find((one) => one === kind);
  return known === undefined ? new UserError('invalid', facts) : new ConnectorError(known, facts);
}
