import { describe, expect, it } from 'vitest';
import {
  analyzeParameters,
  compileTemplate,
  completions,
  createScope,
  ExpressionError,
  type ExpressionErrorCode,
  type ExpressionScope,
} from './index.ts';
import { hostChanges, hostState, reachOf } from './testing/reach.ts';

const host = hostState();

/** JSON.parse makes `__proto__` an own key, as a webhook body would. */
const hostile: unknown = JSON.parse(
  '{"__proto__":{"polluted":1},"constructor":"mine","toString":"t","valueOf":"v","toJSON":"j","then":"x","length":1000000000,"list":[3,1,2],"text":"abc","nested":{"a":1}}',
);

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

const items = freeze(Array.from({ length: 1000 }, (_, index) => ({ json: index === 0 ? (hostile as never) : { i: index } })));
const scope: ExpressionScope = createScope({ items, nowMs: 0, node: () => undefined, vars: {}, env: { OK: '1' } });

function outcome(source: string): unknown {
  try {
    return compileTemplate(source).evaluate(scope);
  } catch (error) {
    if (error instanceof ExpressionError) return error.code;
    throw error;
  }
}

const missing: ExpressionErrorCode = 'expression_missing_key';
const denied: ExpressionErrorCode = 'expression_denied';
const type: ExpressionErrorCode = 'expression_type';
const limit: ExpressionErrorCode = 'expression_limit';
const syntax: ExpressionErrorCode = 'expression_syntax';

/** Number in the list of attacks, expression, and what may come of it. */
const attacks: readonly (readonly [string, string, unknown])[] = [
  ['A1', '$json.nested.constructor.constructor("return process")()', missing],
  ['A1', '"".constructor.constructor("return process")()', missing],
  ['A1', '(x => x).constructor("return process")()', type],
  ['A1', '[].map.constructor("return process")()', missing],
  ['A2', '$json.nested["const" + "ructor"]', missing],
  ['A2', '$json.nested[["constructor"]]', type],
  ['A2', '$json.nested["const" + "ructor"] ?? null', null],
  ['A2', '[]["const" + "ructor"] ?? null', null],
  ['A3', '$json.nested.__proto__ ?? null', null],
  ['A3', '$json.nested.__lookupGetter__ ?? null', null],
  ['A3', '(x => x)["prototype"] ?? null', null],
  ['A3', '$json.__proto__', { polluted: 1 }],
  ['A3', '({}).polluted ?? null', null],
  ['A3', '({ ...$json }).polluted ?? null', null],
  ['A3', '({ __proto__: $json.list }).length ?? null', null],
  ['A3', '({ ["__proto__"]: { polluted: 1 } }).polluted ?? null', null],
  ['A3', 'Object.fromEntries([["__proto__", { polluted: 1 }]]).polluted ?? null', null],
  ['A3', 'Object.assign({}, $json).polluted ?? null', null],
  ['A3', '({}).merge($json).polluted ?? null', null],
  ['A3', 'JSON.parse("{\\"__proto__\\":{\\"polluted\\":1}}").polluted ?? null', null],
  ['A3', '[{ k: "__proto__" }].groupBy("k").polluted ?? null', null],
  ['A4', 'async () => 1', denied],
  ['A4', '(function* () {})', denied],
  ['A4', 'class {}', denied],
  ['A4', 'import("fs")', denied],
  ['A4', 'new.target', syntax],
  ['A4', '(() => { with ($json) { return 1 } })()', denied],
  ['A4', 'new Function("return 1")', denied],
  ['A4', 'new (Math.round)("return 1")', denied],
  ['A5', '(() => this)()', denied],
  ['A5', '(function () { return arguments.callee })()', denied],
  ['A5', 'globalThis', denied],
  ['A5', 'process.env', denied],
  ['A5', 'window', denied],
  ['A6', '[...process]', denied],
  ['A6', '({ [process]: 1 })', denied],
  ['A6', '(() => { switch (1) { case process: return 1 } })()', denied],
  ['A6', 'class extends process {}', denied],
  ['A6', '(({ [process]: a }) => a)({})', denied],
  ['A6', '((a = process) => a)()', denied],
  ['A7', 'Object.values([].map)', missing],
  ['A7', '$json.list.map', missing],
  ['A7', '$json.list.map ?? null', null],
  ['A7', 'Object.keys(Math.round)', type],
  ['A7', '[Math.round].map(f => f.name ?? null)', [null]],
  ['A8', '({ a: 1 })[({ toString: () => "a" })]', type],
  ['A8', '({ a: 1 })[{ toString: "a" }]', type],
  ['A9', '"a".trim.call("b")', missing],
  ['A9', '(x => x).call(null, 1)', type],
  ['A9', '(x => x).bind(null)', type],
  ['A9', 'Math.round.apply(null, [1])', type],
  ['A9', '(x => x).caller ?? null', null],
  ['A10', 'x => x', type],
  ['A10', '[x => x]', type],
  ['A10', '({ f: Math.round })', type],
  ['A10', '(x => x).length ?? null', null],
  ['A10', '$json.list.map(() => x => x)', type],
  ['A11', `${'('.repeat(9000)}1${')'.repeat(9000)}`, syntax],
  ['A11', 'x'.repeat(20_000), syntax],
  ['A11', Array.from({ length: 5000 }, () => '1').join('+'), syntax],
  ['A11', `${'!'.repeat(15_000)}1`, syntax],
  ['A11', `${'['.repeat(8000)}${']'.repeat(8000)}`, syntax],
  ['A11', `${'a=>'.repeat(5000)}1`, syntax],
  ['A11', `${'1?'.repeat(4000)}1${':1'.repeat(4000)}`, syntax],
  ['A12', '"" + $json.nested + $json.length', '{"a":1}1000000000'],
  ['A12', '$json.toString', 't'],
  ['A12', 'JSON.stringify({ toJSON: "x" })', '{"toJSON":"x"}'],
  ['A12', 'Array.from($json)', limit],
  ['A12', 'Math.max(...$json)', type],
  ['A12', '`${({ toString: () => "x" })}`', type],
  ['A12', '({ valueOf: () => 1 }) * 2', type],
  ['A13', '$node["constructor"]', missing],
  ['A13', "$('__proto__').json", missing],
  ['A13', 'Math["constructor"]', denied],
  ['A13', 'Math.__proto__', denied],
  ['A13', '$vars.constructor ?? null', null],
  ['A13', '$env.toString ?? null', null],
  ['A13', '$now.ts ?? $now._zone ?? $now.loc ?? null', null],
  ['A13', '$now.constructor ?? null', null],
  ['A13', '$input.constructor ?? null', null],
  ['A13', '/a/.source ?? /a/.lastIndex ?? null', null],
  ['A15', '"x".repeat(1e9)', limit],
  ['A15', '"x".padStart(1e9)', limit],
  ['A15', '"x".padEnd(1e9, "y")', limit],
  ['A15', '"a".repeat(1000).replaceAll("a", "b".repeat(500000))', limit],
  ['A15', '"a".repeat(1000).replace(/a/g, "b".repeat(500000))', limit],
  ['A15', 'Array.from({ length: 40 }).reduce(s => `${s}${s}`, "xx")', limit],
  ['A15', 'Array.from({ length: 40 }).reduce(s => s + s, "xx")', limit],
  ['A15', 'Array.from({ length: 40 }).reduce(s => s.concat(s), [1])', limit],
  ['A15', 'Array.from({ length: 40 }).reduce(s => [...s, ...s], [1])', limit],
  ['A15', 'Array.from({ length: 1e9 })', limit],
  ['A15', 'Array.from({ length: 100000 }, () => "x".repeat(1e6))', limit],
  ['A15', 'Array.from({ length: 60 }).reduce(s => [s, s], 1)', limit],
  ['A15', 'JSON.stringify(Array.from({ length: 60 }).reduce(s => [s, s], 1))', limit],
  ['A15', 'JSON.stringify(Array.from({ length: 300 }).reduce(s => [s], 1))', limit],
  ['A15', '"" + Array.from({ length: 5000 }).reduce(s => [s], 1)', limit],
  ['A15', 'Array.from({ length: 5000 }).reduce(s => ({ s }), 1)', limit],
  ['A16', '$items.map(a => $items.map(b => $items.map(c => 1)))', limit],
  ['A16', '(f => f(f))(f => f(f))', limit],
  ['A16', '(() => { const f = () => f(); return f() })()', limit],
  ['A16', '((f) => f(f))((f) => [1].map(() => f(f)))', limit],
  ['A16', 'Array.from({ length: 100000 }).filter(() => "a".repeat(1e6).includes("b"))', limit],
  ['A17', '/^(a+)+$/.test("a".repeat(100000) + "b")', false],
  ['A17', '/(?=a)b/.test("a")', syntax],
  ['A17', '/(a)\\1/.test("aa")', syntax],
  ['A17', '/(?<n>a)\\k<n>/.test("aa")', syntax],
  ['A17', '/(?:a{1000}){1000}/.test("a")', limit],
  ['A17', 'new RegExp("a".repeat(1000000)).test("a")', limit],
  ['A17', 'Array.from({ length: 1000 }).map((_, i) => /(a|b|ab)*c/.test("ab".repeat(100000)))', limit],
  ['A17', 'DateTime.fromFormat("1".repeat(60) + "x", "HmHmHmHmHmHmHmHmHm")', type],
  ['A18', '"\\u202e" + "\\u200b" + "\\ud800".length', '\u202e\u200b1'],
  ['A18', '$json.te\u200bxt', syntax],
  ['A18', '"😀".length', 2],
  ['A19', '$env.HOME', missing],
  ['A19', '$secrets', denied],
  ['A19', '$credentials', denied],
  ['A20', '[NaN, Infinity, undefined, $now.toMillis()]', [null, null, null, 0]],
  ['A20', 'JSON.parse("[".repeat(300000) + "]".repeat(300000))', limit],
  ['A20', '"" + JSON.parse("[".repeat(300000) + "]".repeat(300000))', limit],
  ['A20', 'JSON.parse("[".repeat(300000) + "]".repeat(300000)).flat(1e9)', limit],
  ['A20', '10n', denied],
  ['A20', 'Symbol("x")', denied],
  ['A20', '/a/', type],
  ['A20', '(() => { const a = []; a.push(a); return a })()', limit],
  ['A20', 'new Map([[{}, 10]])', [[{}, 10]]],
  ['A44', '$secrets.vault.token', denied],
  ['A113', '$credentials.smtp.password', denied],
  ['A113', '$node["lead"].credentials', missing],
];

describe('attacks on expressions', () => {
  it.each(attacks)('%s: %s', (_number, expression, expected) => {
    expect(outcome(`{{ ${expression} }}`)).toEqual(expected);
  });

  it.each(attacks.filter(([, expression]) => expression.length < 2000))(
    '%s, in both profiles the guest holds nothing of the host: %s',
    (_number, expression) => {
      for (const profile of ['millwright', 'n8n'] as const) expect(reachOf(expression, scope, profile).objections).toEqual([]);
    },
  );

  it.each(attacks.filter(([number]) => !['A11', 'A15', 'A16', 'A17'].includes(number)))(
    "A14: opened in somebody else's editor, %s is read, proposed for and previewed by the same interpreter: %s",
    (_number, expression) => {
      const source = `{{ ${expression} }}`;
      expect(analyzeParameters({ a: source }).problems).toBeInstanceOf(Array);
      expect(completions(source, source.length - 3, scope)).toBeInstanceOf(Array);
      expect(hostChanges(host)).toEqual([]);
    },
  );

  it('A3: no attack leaves a trace on the host', () => {
    expect('polluted' in {}).toBe(false);
    expect(Object.getPrototypeOf(outcome('{{ ({ ...$json }) }}'))).toBe(Object.prototype);
  });

  it.each([
    '$json.list.sort()',
    '$json.list.reverse()',
    '$json.list.sort((a, b) => b - a)',
    '$items.sort((a, b) => 1).length',
    'Object.assign($json.nested, { b: 1 })',
    '$json.nested.merge({ b: 1 })',
  ])('data of the scope is not changed by %s', (expression) => {
    const before = JSON.stringify(items);
    outcome(`{{ ${expression} }}`);
    expect(JSON.stringify(items)).toBe(before);
  });

  it.each(['$json.list.push(4)', '$json.list.pop()', '$json.list.splice(0)', '$json.list.fill(0)', '$now.setDate(1)'])(
    '%s does not exist',
    (expression) => {
      expect(outcome(`{{ ${expression} }}`)).toBe(type);
    },
  );
});
