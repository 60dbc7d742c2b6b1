import { isJsonObject, type JsonValue } from '@millwright/core';
import type { Outcome } from './mill.ts';
import type { Expected, Micro } from './micro.ts';

/** What a micro-workflow says about a run, no more, in a form in which two can be compared. */
export type Account = Readonly<Record<string, unknown>>;

/** What was expected. */
export function wanted(micro: Micro): Account {
  const { expected } = micro;
  if ('refused' in expected) return expected;
  const { ran, error = null, gave = {}, reasons = {}, attempts = {}, reply, requests = {} } = expected;
  return { ran: inOrder(micro, ran), error, gave, reasons, attempts, reply, requests };
}

/** What became of it, as far as something was expected. */
export function found(micro: Micro, outcome: Outcome): Account {
  const { expected } = micro;
  if ('refused' in expected || 'refused' in outcome) return 'refused' in outcome ? outcome : { ran: outcome.ran, error: outcome.error };
  return {
    ran: expected.ran === undefined ? undefined : inOrder(micro, outcome.ran),
    error: partOf(outcome.error, expected.error),
    gave: outcome.gave,
    reasons: partOf(outcome.reasons, expected.reasons ?? {}),
    attempts: partOf(outcome.attempts, expected.attempts ?? {}),
    reply: replyOf(outcome.reply, expected.reply),
    requests: outcome.requests,
  };
}

/** Node runs in the order in which they started, or sorted where they are side by side. */
function inOrder({ order }: Micro, ran: readonly string[] | undefined): readonly string[] | undefined {
  return order === 'sequential' ? ran : ran?.toSorted();
}

/** The fields that were asked for; all where nothing was. */
function partOf(whole: unknown, asked: object | undefined): unknown {
  if (asked === undefined || typeof whole !== 'object' || whole === null) return whole;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name in asked));
}

function replyOf(reply: { readonly status: number; readonly body: JsonValue } | undefined, asked: Expected['reply']): Expected['reply'] {
  if (reply === undefined || asked === undefined) return asked === undefined ? undefined : reply;
  const { body } = asked;
  if (body === undefined) return { status: reply.status };
  return { status: reply.status, body: isJsonObject(body) && isJsonObject(reply.body) ? pick(reply.body, body) : reply.body };
}

function pick(whole: Readonly<Record<string, JsonValue>>, asked: object): JsonValue {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name in asked));
}
