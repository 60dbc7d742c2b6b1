import {
  compileTemplate,
  type CompiledTemplate,
  createScope,
  defaultLimits,
  describeFunctions,
  type ExpressionScope,
} from '../../../packages/expressions/src/index.ts';
import type { Row } from '../engine/figures.ts';
import { browserBytes } from './bundle.ts';

const TRIES = 9;

/** Expressions as real workflows have them, short and long. */
const TYPICAL: readonly string[] = [
  '{{ $json.email }}',
  'Hello {{ $json.user.name.trim() }}, you have {{ $json.count ?? 0 }} messages',
  "{{ $json.tags.filter(tag => tag.startsWith('a')).map(tag => tag.toUpperCase()).join(', ') }}",
  "{{ $now.minus({ days: 7 }).toFormat('yyyy-MM-dd') }}",
  "{{ $('lead').item.json.company?.name || $json.company }}",
  '{{ JSON.stringify({ id: $json.id, total: $json.items.reduce((sum, one) => sum + one.price * one.count, 0) }) }}',
];

/** CPU of this process so far in µs: what holds on a busy machine. */
function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** CPU µs of one call: the median of several tries of many calls each. */
function medianUs(calls: number, work: () => unknown): number {
  for (let call = 0; call < calls; call += 1) work();
  const costs = Array.from({ length: TRIES }, () => {
    const before = cpuUs();
    for (let call = 0; call < calls; call += 1) work();
    return (cpuUs() - before) / calls;
  });
  return costs.toSorted((a, b) => a - b)[TRIES >> 1] ?? Number.NaN;
}

/** CPU ms that each function can take when an evaluation repeats it until its fuel is used up: the most of all, from a twentieth of the fuel. */
function worstMs(): number {
  const scope = createScope({
    items: [{ json: { email: 'a@b.io' } }],
    nowMs: 0,
    timezone: 'Europe/Berlin',
    node: () => ({ name: 'Lead', item: () => ({ json: 1 }), first: () => undefined, last: () => undefined, all: () => [] }),
    random: () => 0.5,
  });
  const costs = describeFunctions().map(({ example }) => {
    const template = compileTemplate(`{{ (() => { for (;;) { (${example}) } })() }}`);
    return Math.min(...Array.from({ length: 3 }, () => usedUpMs(template, scope)));
  });
  return Math.max(...costs);
}

/** CPU ms until all fuel is used up, from a twentieth of it. */
function usedUpMs(template: CompiledTemplate, scope: ExpressionScope): number {
  const before = cpuUs();
  try {
    template.evaluate(scope, { fuel: defaultLimits.fuel / 20 });
  } catch {
    // That the fuel is used up is the point.
  }
  return ((cpuUs() - before) * 20) / 1000;
}

/** What expressions cost, each figure with its cap. */
export async function measureExpressions(): Promise<readonly Row[]> {
  const items = Array.from({ length: 1000 }, (_, n) => ({ json: { a: { b: n }, age: n % 90, country: n % 3 === 0 ? 'DE' : 'FR' } }));
  const parts = { items, nowMs: 0, timezone: 'Europe/Berlin' };
  const scope = createScope(parts);
  const scopes = items.map((_, itemIndex) => createScope({ ...parts, itemIndex }));
  const plus = compileTemplate('{{ $json.a.b + 1 }}');
  const clauses = compileTemplate("{{ $json.age >= 18 && $json.country === 'DE' }}");
  const inside = compileTemplate("{{ $items.filter(one => one.json.age >= 18 && one.json.country === 'DE').length }}");
  let turn = 0;
  return [
    { metric: 'warm `$json.a.b + 1`, µs', value: medianUs(200_000, () => plus.evaluate(scope)), cap: 1 },
    {
      metric: 'filter of 1,000 items, two clauses, item by item, ms',
      value: medianUs(100, () => scopes.filter((one) => clauses.evaluate(one) === true)) / 1000,
      cap: 1,
    },
    { metric: 'the same within one expression, ms', value: medianUs(100, () => inside.evaluate(scope)) / 1000, cap: 1 },
    {
      metric: 'compile of a typical expression, µs',
      value: medianUs(3000, () => compileTemplate(TYPICAL[(turn += 1) % TYPICAL.length] ?? '')),
      cap: 60,
    },
    { metric: 'any function repeated until the fuel is used up, at most, ms', value: worstMs(), cap: 1000 },
    { metric: 'loaded first in the browser, without Luxon, KB gzip', value: (await browserBytes()).first / 1024, cap: 54 },
  ];
}
