import { UserError } from '@millwright/core';
import type { Request, RequestHandler, Response } from 'express';
import type { ProofReceiver } from './ports.ts';

function unknownProof(): UserError {
  return new UserError('notFound', {
    code: 'proof_unknown',
    message: 'no proof of reliability takes this',
    hint: 'This address is only for runs that a proof starts.',
  });
}

/**
 * The echo of a proof of reliability: each write is stored before it is answered, so that what was received is known even where the
 * answer dies with this process.
 */
export function proofEchoHandler(receiver: ProofReceiver): RequestHandler {
  const take = async (request: Request, response: Response): Promise<void> => {
    const { proofId = '', effect = '' } = request.params as Readonly<Record<string, string>>;
    const key = request.headers['idempotency-key'];
    request.resume();
    if (typeof key !== 'string' || !(await receiver.receive({ proofId, effect, idempotencyKey: key }))) throw unknownProof();
    await receiver.mayAnswer();
    response.json({ effect, idempotencyKey: key });
  };
  return (request, response, next): void => {
    take(request, response).catch(next);
  };
}
