import { TransientError } from '@millwright/core';

/** gRPC: canceled, deadline exceeded, resource exhausted, aborted, internal, unavailable. */
const AWAY = new Set([1, 4, 8, 10, 13, 14]);

/** gRPC's "unknown": what a link that broke in the middle of an answer is reported as. */
const UNKNOWN = 2;
const TRANSPORT = /transport|tcp connect|connection|broken pipe|deadline/i;

interface Fault {
  readonly code: number | undefined;
  readonly message: string;
}

/** The gRPC fault at the bottom of an error, or the error's own message. */
function faultOf(thrown: unknown, depth = 0): Fault {
  if (!(thrown instanceof Error)) return { code: undefined, message: '' };
  if ('code' in thrown && typeof thrown.code === 'number') return { code: thrown.code, message: thrown.message };
  const inner = depth < 4 && thrown.cause !== undefined ? faultOf(thrown.cause, depth + 1) : undefined;
  return inner?.code === undefined ? { code: undefined, message: thrown.message } : inner;
}

function isAway({ code, message }: Fault): boolean {
  if (code === undefined || code === UNKNOWN) return TRANSPORT.test(message);
  return AWAY.has(code);
}

/** Temporal is away or too busy. */
export function temporalUnavailable(details: Readonly<Record<string, unknown>>, cause?: unknown): TransientError {
  return new TransientError({
    code: 'temporal_unavailable',
    message: 'Temporal does not answer',
    hint: 'Runs cannot be started for the moment. It is tried again.',
    retry: { afterMs: 2000 },
    details,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** `temporal_unavailable` when Temporal is away or too busy; anything else as it is. */
export function toClientError(thrown: unknown): unknown {
  const fault = faultOf(thrown);
  const { code } = fault;
  if (!isAway(fault)) return thrown;
  return temporalUnavailable(code === undefined ? {} : { grpcCode: code }, thrown);
}
