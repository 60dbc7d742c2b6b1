import { DateTime, Duration } from 'luxon';
import { compileTemplate, createScope, ExpressionError, type Profile } from '../index.ts';
import type { ExpressionScope } from '../scope.ts';
import { chanceFrom, generate, shrink, textOf } from './grammar.ts';

const json = { n: 7, s: 'héllo wörld', l: [3, 1, 2], m: ['b', 'a,c', ''], o: { k: 'v' }, t: true };
const scope = createScope({ items: [{ json }], nowMs: 0 });

/** The JSON of a value, or that there was an error. */
type Outcome = { readonly value: string } | { readonly failed: true };

/** What this interpreter makes of an expression. @throws whatever is no ExpressionError */
export function ours(expression: string, profile: Profile = 'millwright', over: ExpressionScope = scope): Outcome {
  try {
    return { value: JSON.stringify(compileTemplate(`{{ ${expression} }}`, { profile }).evaluate(over)) };
  } catch (error) {
    if (error instanceof ExpressionError) return { failed: true };
    throw error;
  }
}

/**
 * What V8 makes of it. Only for text of the grammar and the list beside this file: this is the one place that compiles text, and no product
 * code reaches it.
 */
function v8(expression: string, roots: Readonly<Record<string, unknown>> = { $json: json }): Outcome {
  try {
    // eslint-disable-next-line no-new-func, typescript/no-implied-eval -- the oracle, on text of its own grammar and list
    const value: unknown = new Function(...Object.keys(roots), `return (${expression})`)(...Object.values(roots));
    return { value: JSON.stringify(value) ?? 'null' };
  } catch {
    return { failed: true };
  }
}

/** Same value, or both an error; in the n8n profile an error gives nothing. */
function isAgreed(expression: string, profile: Profile): boolean {
  const theirs = v8(expression);
  const expected: Outcome = profile === 'n8n' && 'failed' in theirs ? { value: 'null' } : theirs;
  return JSON.stringify(ours(expression, profile)) === JSON.stringify(expected);
}

/** An expression on which both differ, made small. */
export interface Disagreement {
  readonly seed: number;
  readonly profile: Profile;
  readonly found: string;
  readonly small: string;
  readonly ours: string;
  readonly v8: string;
}

/**
 * Compares with V8 on generated expressions, half of them in each profile.
 * @param seed the first one; each expression has its own, so that one can be tried again alone
 */
export function disagreements(seed: number, count: number, most = 5): readonly Disagreement[] {
  const found: Disagreement[] = [];
  for (let own = seed; own < seed + count && found.length < most; own += 1) {
    const profile: Profile = own % 2 === 0 ? 'millwright' : 'n8n';
    const piece = generate(chanceFrom(own), profile);
    const text = textOf(piece);
    if (isAgreed(text, profile)) continue;
    const small = textOf(shrink(piece, (smaller) => !isAgreed(smaller, profile)));
    found.push({ seed: own, profile, found: text, small, ours: JSON.stringify(ours(small, profile)), v8: JSON.stringify(v8(small)) });
  }
  return found;
}

const order = {
  name: 'jANE van dOE',
  'first name': 'Jane',
  email: 'Jane@Mail.Example.com',
  tags: ['vip', '', 'news'],
  items: [
    { sku: 'A', price: 12.5, qty: 2 },
    { sku: 'B', price: 3, qty: 0 },
    { sku: 'C', price: 12.5 },
  ],
  address: { city: 'Köln', zip: '50667' },
  text: 'Order 2026-05 for 12 people, 99 chairs.',
  count: 7,
  nothing: null,
};
const nowMs = Date.UTC(2026, 10, 22, 9, 30, 15, 250);
const ordered = createScope({ items: [{ json: order }], nowMs });

/** What this interpreter and V8 with Luxon make of an expression that somebody wrote, in UTC. */
export function bothOf(expression: string): { readonly ours: Outcome; readonly theirs: Outcome } {
  const $now = DateTime.fromMillis(nowMs, { zone: 'utc' });
  return {
    ours: ours(expression, 'millwright', ordered),
    theirs: v8(expression, { $json: structuredClone(order), $now, DateTime, Duration }),
  };
}
