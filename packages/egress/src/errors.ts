import { ConnectorError, MillwrightError, UserError } from '@millwright/core';

/** Codes of a failure before anything was sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Of a request that left and was not answered. */
const MAYBE_DONE = 'It may have been done all the same: look in the service before you send it again.';

/** Refuses an address that is not public. */
export function privateAddress(host: string, address: string, range: string): UserError {
  const where = host === address ? address : `${host} (${address})`;
  return new UserError('forbidden', {
    code: 'egress_private_address',
    message: `${where} is not a public address (${range})`,
    hint: `Workflows may only call public addresses. If this one is meant, an admin adds its host and port, or its range, to MILLWRIGHT_EGRESS_ALLOW.`,
    details: { host, address, range, sent: false },
  });
}

/** Refuses a request before it is sent. */
export function refused(code: string, message: string, hint: string): UserError {
  return new UserError('invalid', { code, message, hint, details: { sent: false } });
}

/** The whole answer did not come in time; `details.reason` is what a run says of that. */
export function timedOut(host: string, timeoutMs: number): ConnectorError {
  return new ConnectorError('transient', {
    code: 'egress_timeout',
    message: `${host} did not answer within ${timeoutMs} ms`,
    hint: `${MAYBE_DONE} If it is only slow, give the step more time in its settings.`,
    retry: { afterMs: 1000 },
    details: { host, sent: true, reason: 'timeout' },
  });
}

/** An answer that breaks a bound. The request was sent. */
export function overLimit(code: string, message: string, hint: string): ConnectorError {
  return new ConnectorError('permanent', { code, message, hint, details: { sent: true } });
}

/** The same error, for a request of which something has left before. */
export function asSent(error: Error): Error {
  if (!(error instanceof UserError || error instanceof ConnectorError)) return error;
  const { code, message, hint, retry, cause } = error;
  const facts = { code, message, hint, retry, cause, details: { ...error.details, sent: true } };
  return error instanceof UserError ? new UserError(error.kind, facts) : new ConnectorError(error.kind, facts);
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0]);
  const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : '';
}

/**
 * What a failed request means; the only place that reads the client library's errors.
 * `details.sent` is false only where it is sure that nothing left.
 * @param phase `connecting`: whatever is wrong, no request had begun
 */
export function toEgressError(thrown: unknown, host: string, phase: 'connecting' | 'sending' = 'sending'): Error {
  if (thrown instanceof MillwrightError) return thrown;
  const code = codeOf(thrown);
  if (code === 'ENOTFOUND') {
    return new ConnectorError('permanent', {
      code: 'egress_host_unknown',
      message: `the name ${host} does not exist`,
      hint: 'Check the address for typing mistakes.',
      details: { host, sent: false },
    });
  }
  if (code === 'UND_ERR_INVALID_ARG')
    return refused(
      'egress_request_invalid',
      `the request to ${host} is malformed`,
      'Check the method and the headers: names without spaces, values without line breaks.',
    );
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return overLimit('egress_headers_too_large', `${host} sent more header bytes than allowed`, 'The service cannot be called from here.');
  if (/^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) {
    return new ConnectorError('permanent', {
      code: 'egress_certificate',
      message: `the certificate of ${host} is not trusted (${code})`,
      hint: 'The service has to present a certificate that a public authority signed for this name.',
      details: { host, sent: false },
    });
  }
  const sent = phase === 'sending' && !NOT_SENT.has(code);
  return new ConnectorError('transient', {
    code: sent ? 'egress_answer_lost' : 'egress_unreachable',
    message: sent ? `the answer of ${host} was lost${code ? ` (${code})` : ''}` : `${host} could not be reached (${code})`,
    hint: sent ? MAYBE_DONE : 'Check that the service is up, then try again.',
    retry: { afterMs: 1000 },
    details: { host, sent },
    cause: thrown,
  });
}
