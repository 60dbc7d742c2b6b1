import { ConnectorError, retryAfterMs, type ConnectorErrorKind } from '@millwright/node-sdk';

/** An answer, as far as its failure is concerned. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const HINTS: Readonly<Record<ConnectorErrorKind, string>> = {
  auth: 'The service refused the sign-in. Check the credentials and what they may do.',
  rate: 'The service asks to slow down. It is tried again when retries are on.',
  transient: 'The service has a problem of its own. It is tried again when retries are on.',
  permanent: 'Check the address and the body. The output shows the answer when "Fail on error status" is off.',
  partial: 'Look at the answer.',
};

/** What a status means (RFC 9110). */
function kindOfStatus(status: number): ConnectorErrorKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate';
  return status === 408 || status >= 500 ? 'transient' : 'permanent';
}

/**
 * The error that an answer with a status of 400 or more is.
 * @param target method and address without its query, which may hold secrets
 */
export function statusError(answer: FailedAnswer, target: string, nowMs: number): ConnectorError {
  const kind = kindOfStatus(answer.status);
  const afterMs = retryAfterMs(answer.headers, { nowMs });
  const canWait = kind === 'rate' || kind === 'transient';
  return new ConnectorError(kind, {
    code: `http_status_${answer.status}`,
    message: `${target} answered with status ${answer.status}`,
    hint: HINTS[kind],
    ...(canWait ? { retry: { afterMs: afterMs ?? 1000 } } : {}),
    details: { status: answer.status, sent: true, ...(afterMs === null ? {} : { retryAfterMs: afterMs }) },
  });
}
