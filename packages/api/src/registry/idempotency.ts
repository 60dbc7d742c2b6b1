import type { Request } from 'express';
import { canonicalJson, UserError, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { idempotency, type TenantTx } from '@millwright/db';
import type { Principal } from '../principal.ts';

/** An answer that was given before. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: JsonValue | null;
}

/**
 * The claim of a POST that carries an `Idempotency-Key`: 1 to 255 printable ASCII characters, chosen by the caller, per person and address.
 * Other methods repeat without harm and need none.
 * @throws UserError `idempotency_key_malformed`
 */
export function claimOf(request: Request, principal: Principal | null): idempotency.Claim | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || principal === null || request.method !== 'POST') return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new UserError('invalid', {
      code: 'idempotency_key_malformed',
      message: 'Idempotency-Key must be 1 to 255 printable characters without spaces.',
      hint: 'Send a UUID, for instance.',
    });
  }
  const body: unknown = request.body ?? null;
  return { keyHash: hashHex(canonicalJson([principal.userId, request.path, key])), requestHash: hashHex(canonicalJson(body)) };
}

function reused(): UserError {
  return new UserError('unprocessable', {
    code: 'idempotency_key_reused',
    message: 'This Idempotency-Key was used for another request.',
    hint: 'Use a new key for each thing that you want done.',
  });
}

function unsettled(): UserError {
  return new UserError('conflict', {
    code: 'idempotency_unsettled',
    message: 'This was done already, or is being done, and its answer is not kept.',
    hint: 'Nothing was done twice. Look at the list for what was created.',
  });
}

/**
 * What was answered to this key before; null when it is new.
 * @throws UserError `idempotency_key_reused` (422) for another request, `idempotency_unsettled` (409) when there is no answer to give
 */
export async function findAnswer(tx: TenantTx, claim: idempotency.Claim): Promise<KeptAnswer | null> {
  const known = await idempotency.find(tx, claim.keyHash);
  if (known === null) return null;
  if (known.requestHash !== claim.requestHash) throw reused();
  if (known.status === null || known.answer === null) throw unsettled();
  return { status: known.status, body: known.answer };
}

/** @throws UserError `idempotency_unsettled` when another request has the key */
export async function takeClaim(tx: TenantTx, claim: idempotency.Claim): Promise<void> {
  if (!(await idempotency.claim(tx, claim))) throw unsettled();
}
