import { TransientError } from '@millwright/core';

/** gRPC: canceled, deadline exceeded, resource exhausted, aborted, internal, unavailable. */
const AWAY = new Set([1, 4, 8, 10, 13, 14]);

function grpcCodeOf(thrown: unknown, depth = 0): number | undefined {
  if (!(thrown instanceof Error) || depth > 4) return undefined;
  if ('code' in thrown && typeof thrown.code === 'number') return thrown.code;
  return grpcCodeOf(thrown.cause, depth + 1);
}

/** `temporal_unavailable` when Temporal is away or too busy; anything else as it is. */
export function toClientError(thrown: unknown): unknown {
  const code = grpcCodeOf(thrown);
  const isTransport = thrown instanceof Error && /transport|tcp connect|deadline/i.test(thrown.message);
  if (!(code === undefined ? isTransport : AWAY.has(code))) return thrown;
  return new TransientError({
    code: 'temporal_unavailable',
    message: 'Temporal does not answer',
    hint: 'Runs cannot be started for the moment. It is tried again.',
    retry: { afterMs: 2000 },
    details: code === undefined ? {} : { grpcCode: code },
    cause: thrown,
  });
}
