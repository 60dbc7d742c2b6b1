import { ConnectorError, messageOf, MillwrightError } from '@millwright/core';
import type { triggerHosting } from '@millwright/db';

/** After the first failure in ms; twice as long after each further one, an hour at most. */
const FIRST_MS = 10_000;
const MOST_MS = 3_600_000;
/** A dead credential is not waited for in this way, only looked at; reconnecting it wakes at once. In ms. */
const DEAD_MS = 300_000;
/** What people are shown of a service's message. */
const MOST_TEXT = 500;

/** Whether a service will say the same however often it is asked. */
export function isDefinite(thrown: unknown): boolean {
  return !(thrown instanceof ConnectorError) || thrown.kind === 'auth' || thrown.kind === 'permanent';
}

function faultOf(thrown: unknown): triggerHosting.NotedFault {
  if (!(thrown instanceof MillwrightError)) return { code: 'unexpected', text: 'something unexpected happened; the log has it' };
  const { code, hint } = thrown;
  return { code, text: messageOf(thrown).slice(0, MOST_TEXT), ...(hint === undefined ? {} : { hint: hint.slice(0, MOST_TEXT) }) };
}

/** What a failure means for a trigger: how it is shown, and when it is tried again. */
export function setback(thrown: unknown, { faults }: Pick<triggerHosting.ClaimedBinding, 'faults'>): triggerHosting.BindingOutcome {
  const isDead = thrown instanceof ConnectorError && thrown.kind === 'auth';
  const askedMs = thrown instanceof MillwrightError && thrown.retry !== 'never' ? thrown.retry.afterMs : 0;
  const backoffMs = Math.min(FIRST_MS * 2 ** Math.min(faults, 20), MOST_MS);
  return {
    status: isDead ? 'needsReconnect' : 'failing',
    nextInMs: isDead ? DEAD_MS : Math.max(backoffMs, askedMs),
    error: faultOf(thrown),
  };
}
