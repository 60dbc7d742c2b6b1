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

/** What services say of a client certificate before anything of a request is read, as OpenSSL names it, and in words. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/CERTIFICATE_EXPIRED$/, ': it has run out'],
  [/CERTIFICATE_REVOKED$/, ': it was revoked'],
  [/UNKNOWN_CA$/, ': it does not trust the authority that signed it'],
  [/(BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/, ''],
];

/** Why a service ended TLS, where that is about the client's certificate; null elsewhere. Nothing was done then. */
function certificateRefusal(code: string, host: string): ConnectorError | null {
  if (!/^ERR_SSL_.*ALERT/.test(code)) return null;
  const facts = { details: { host, sent: false } };
  if (code.endsWith('CERTIFICATE_REQUIRED'))
    return new ConnectorError('auth', {
      ...facts,
      code: 'client_certificate_required',
      message: `${host} asks for a client certificate`,
      hint: 'Make a connection of the kind "Client certificate", and choose it in the step.',
    });
  const [, why] = REFUSALS.find(([pattern]) => pattern.test(code)) ?? [];
  if (why === undefined) return null;
  return new ConnectorError('auth', {
    ...facts,
    code: 'client_certificate_refused',
    message: `${host} refused the client certificate${why}`,
    hint: 'Put a certificate into the connection that the service knows.',
  });
}

/** What a failed request means that showed a client certificate: some services only close the socket when they refuse one. */
export function toCertifiedError(thrown: unknown, host: string): Error {
  const known = toEgressError(thrown, host);
  if (!(known instanceof ConnectorError) || known.code !== 'egress_answer_lost') return known;
  const { code, message, hint, retry, details, cause } = known;
  const told = `${message}; it may not accept the client certificate`;
  return new ConnectorError(known.kind, { code, message: told, hint, retry, details, cause });
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
  const refusal = certificateRefusal(code, host);
  if (refusal !== null) return refusal;
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
