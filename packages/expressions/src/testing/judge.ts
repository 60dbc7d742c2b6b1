import { compileTemplate, createScope, ExpressionError, type Profile } from '../index.ts';
import { chanceFrom, generate, shrink, textOf } from './grammar.ts';

const json = { n: 7, s: 'héllo wörld', l: [3, 1, 2], m: ['b', 'a,c', ''], o: { k: 'v' }, t: true };
const scope = createScope({ items: [{ json }], nowMs: 0 });

/** The JSON of a value, or that there was an error. */
type Outcome = { readonly value: string } | { readonly failed: true };

/** What this interpreter makes of an expression. @throws whatever is no ExpressionError */
export function ours(expression: string, profile: Profile = 'millwright'): Outcome {
  try {
    return { value: JSON.stringify(compileTemplate(`{{ ${expression} }}`, { profile }).evaluate(scope)) };
  } catch (error) {
    if (error instanceof ExpressionError) return { failed: true };
    throw error;
  }
}

/** What V8 makes of it. Only for text of the grammar beside this file: this is the one place that compiles text, and no product code reaches it. */
function v8(expression: string): Outcome {
  try {
    // eslint-disable-next-line no-new-func, typescript/no-implied-eval -- the oracle, on text of its own grammar
    const value: unknown = new Function('$json', `return (${expression})`)(json);
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
