import { UserError, type JsonObject } from '@millwright/core';
import type { ControlCompute } from '../compute.ts';

const UNIT_MS: Readonly<Record<string, number>> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
/** Longest wait: ten years. */
const LONGEST_MS = 3653 * 86_400_000;

/** Wait: for an amount of time, or until a date. A time that is over does not wait. */
export const waitCompute: ControlCompute = {
  kind: 'wait',
  until: (parameters, nowMs) => {
    const isDate = (parameters['mode'] ?? (hasText(parameters['until']) ? 'until' : 'for')) === 'until';
    const untilMs = isDate ? dateOf(parameters) : nowMs + amountOf(parameters);
    if (untilMs - nowMs > LONGEST_MS)
      throw invalid(isDate ? 'until' : 'amount', 'the wait is longer than ten years', 'Choose a shorter wait.');
    return untilMs;
  },
};

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function amountOf(parameters: JsonObject): number {
  const given = parameters['amount'] === undefined ? 1 : parameters['amount'];
  const amount = typeof given === 'number' || (typeof given === 'string' && given.trim() !== '') ? Number(given) : Number.NaN;
  const unit = parameters['unit'] ?? 'minutes';
  const unitMs = typeof unit === 'string' && Object.hasOwn(UNIT_MS, unit) ? UNIT_MS[unit] : undefined;
  if (!Number.isFinite(amount) || amount < 0)
    throw invalid('amount', 'the amount is not a number of at least 0', 'Give a number, such as 5.');
  if (unitMs === undefined) throw invalid('unit', 'the unit is not seconds, minutes, hours or days', 'Choose a unit from the list.');
  return Math.ceil(amount * unitMs);
}

function dateOf(parameters: JsonObject): number {
  const until = parameters['until'];
  const untilMs = typeof until === 'number' ? until : typeof until === 'string' ? Date.parse(until) : Number.NaN;
  if (!Number.isFinite(untilMs)) throw invalid('until', 'the date cannot be read', 'Give a date such as 2027-01-31T09:00:00Z.');
  return untilMs;
}

function invalid(field: string, message: string, hint: string): UserError {
  return new UserError('invalid', { code: 'parameter_invalid', message, hint, details: { field } });
}
