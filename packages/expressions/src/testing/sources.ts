import { generate, textOf } from './grammar.ts';

/**
 * The whole syntax, mistakes included: what a parser must read, or refuse at the right place. `@` names another rule, bars part the choices.
 * Half of what comes of it is no JavaScript.
 */
const rules: Readonly<Record<string, string>> = {
  E: String.raw`@A ¦ @A ¦ @A, @E ¦ @A ¦ @A`,
  A: String.raw`@C ¦ @C ¦ @C ¦ @T = @A ¦ @T @Q @A ¦ @F ¦ @C ¦ @B`,
  C: String.raw`@B ¦ @B ¦ @B ? @A : @A ¦ @B ?@O:@A`,
  B: String.raw`@U ¦ @U ¦ @U @S @B ¦ @U ?? @B ¦ @U@S@U`,
  U: String.raw`@M ¦ @M ¦ @P@U ¦ @P @M ¦ @T++ ¦ --@T ¦ @M ** @U ¦ @M@L++`,
  M: String.raw`@O ¦ @O ¦ @M.@W ¦ @M?.@I ¦ @M[@E] ¦ @M(@G) ¦ @M?.(@G) ¦ @M?.[@E] ¦ @M@L.@W ¦ new @M(@G) ¦ new @W ¦ @M@X`,
  O: String.raw`@N ¦ @N ¦ @I ¦ @I ¦ @Y ¦ (@E) ¦ [@H] ¦ {@D} ¦ (@E) ¦ @X ¦ @R ¦ ({@D}) ¦ this ¦ null ¦ true ¦ (@J) ¦ (@F) ¦ @Z`,
  Z: String.raw`class {} ¦ super.x ¦ import('a') ¦ new.target ¦ #a ¦ async () => 1 ¦ async x => x ¦ function* () {} ¦ async function () {} ¦ ({ async a() {} }) ¦ ({ *a() {} }) ¦ yield ¦ await ¦ async ¦ async(@G) ¦ let ¦ @I@X`,
  I: String.raw`a ¦ b ¦ $json ¦ $ ¦ x ¦ get ¦ set ¦ async ¦ let ¦ eval ¦ arguments ¦ static ¦ ünï ¦ \u0061b ¦ \u{62} ¦ enum ¦ _ ¦ yield ¦ \u0069f ¦ 𠮷 ¦ undefined ¦ await`,
  W: String.raw`@I ¦ @I ¦ if ¦ class ¦ function ¦ new ¦ constructor ¦ __proto__ ¦ default ¦ in`,
  N: String.raw`0 ¦ 1 ¦ 1.5 ¦ .5 ¦ 5. ¦ 1e3 ¦ 1E-2 ¦ 0x1F ¦ 0b11 ¦ 0o17 ¦ 017 ¦ 089.5 ¦ 1_000 ¦ 1__0 ¦ 1_ ¦ 0_1 ¦ 10n ¦ 0xFn ¦ 1a ¦ 0x ¦ 1e ¦ 00 ¦ 1.5n ¦ 08n ¦ 1..a ¦ 1.a ¦ 0b12 ¦ 07.5`,
  Y: String.raw`'a' ¦ "b" ¦ '\n' ¦ '\x41' ¦ '\u0041' ¦ '\u{1F600}' ¦ '\u{110000}' ¦ '\x4' ¦ '\0' ¦ '\01' ¦ '\8' ¦ "it's" ¦ '\'' ¦ '@K ¦ 'a\@Lb' ¦ '\u00' ¦ ' ' ¦ '}}' ¦ '\377' ¦ '\400' ¦ '\q'`,
  X: String.raw`${'`a`'} ¦ ${'`${@E}`'} ¦ ${'`a${@A}b${@E}`'} ¦ ${'`\\n@L`'} ¦ ${'`\\01`'} ¦ ${'`\\u{`'} ¦ ${'`$a{}`'} ¦ ${'`${@A}'} ¦ ${'`\\0`'} ¦ ${'`\\``'}`,
  R: String.raw`/a/ ¦ /[/]/g ¦ /=a/ ¦ /(?<n>a)/u ¦ /a/gg ¦ /(/ ¦ /a/z ¦ /\// ¦ /[a/ ¦ /(?i:a)/ ¦ /(?<n>a)|(?<n>b)/ ¦ /a{2}/ ¦ /\u{1}/u ¦ /a@L/ ¦ /(?=a)/ ¦ /]/ ¦ /\1/ ¦ /a/\u0067`,
  P: String.raw`! ¦ - ¦ + ¦ ~ ¦ typeof ¦ void ¦ delete ¦ ++ ¦ -- ¦ - -`,
  S: String.raw`+ ¦ - ¦ * ¦ / ¦ % ¦ < ¦ > ¦ <= ¦ >= ¦ == ¦ === ¦ != ¦ !== ¦ && ¦ || ¦ ?? ¦ & ¦ | ¦ ^ ¦ << ¦ >> ¦ >>> ¦ in ¦ instanceof ¦ ** ¦ --> ¦ <!-- ¦ @L-->`,
  Q: String.raw`+= ¦ -= ¦ *= ¦ /= ¦ %= ¦ **= ¦ <<= ¦ >>= ¦ >>>= ¦ &= ¦ |= ¦ ^= ¦ &&= ¦ ||= ¦ ??=`,
  T: String.raw`@I ¦ @I ¦ @M.@W ¦ @M[@A] ¦ (@I) ¦ [@V] ¦ {@V2} ¦ ({@V2}) ¦ @M ¦ (@T) ¦ a?.b`,
  V: String.raw`@T ¦ @T, @T ¦ @T = @A ¦ ...@T ¦ , @T ¦ ¦ @T, ¦ ...@T, ¦ ...@T = 1`,
  V2: String.raw`@W: @T ¦ @I ¦ @I = @A ¦ ...@I ¦ @I, @I ¦ [@A]: @T ¦ 'a': @T = @A ¦ ¦ ...@I, ¦ ...{@V2} ¦ @V2, @V2 ¦ __proto__: @T, __proto__: @T ¦ get a() {}`,
  F: String.raw`@I => @A ¦ (@V) => @A ¦ () => {@B2} ¦ (@V, @V) => {@B2} ¦ @I => {@B2} ¦ (@I, @I) => ({@D}) ¦ ({@V2}) => @A ¦ ([@V], ...@T) => @A ¦ (@E) => @A ¦ (@I)@L => @A ¦ @I @L=> 1 ¦ ((@I)) => 1`,
  J: String.raw`function (@V) {@B2} ¦ function @I(@V) {@B2} ¦ () => {@B2} ¦ function (@I, @I) { @K2; @B2 } ¦ function @I() { @K2@L @B2 }`,
  K2: String.raw`'use strict' ¦ 'use strict' + a ¦ 'a'; 'use strict' ¦ "use strict"`,
  G: String.raw`¦ @A ¦ @A, @A ¦ ...@A ¦ @A, ¦ ...@A, @A ¦ , ¦ @A, ...@A,`,
  H: String.raw`¦ @A ¦ @A, @A ¦ , ¦ ...@A ¦ @A,, @A, ¦ ...@A, ¦ @V`,
  D: String.raw`¦ @W: @A ¦ @I ¦ @I = @A ¦ 'k': @A ¦ 1: @A ¦ [@A]: @A ¦ ...@A ¦ @D, @D ¦ @W: @A, ¦ @W(@V) {@B2} ¦ get @W() {@B2} ¦ set @W(@I) {} ¦ get: @A ¦ set ¦ __proto__: @A, __proto__: @A ¦ get a(b) {} ¦ set a() {} ¦ set a(...b) {} ¦ async ¦ async: 1 ¦ ...@A, ¦ "a" ¦ get 'a'() {} ¦ 1n: 2 ¦ g\u0065t a() {}`,
  B2: String.raw`¦ @K3 ¦ @K3 @K3 ¦ @K3; @K3 ¦ @K3@L@K3 ¦ @K3`,
  K3: String.raw`return @E ¦ return ¦ const @I = @A ¦ let @I ¦ var @I = @A, @I ¦ let [@V] = @A ¦ const {@V2} = @A; ¦ if (@E) @K3 ¦ if (@E) @K3; else @K3 ¦ {@B2} ¦ @E; ¦ @E ¦ for (@HD) @K3 ¦ while (@E) {@B2} ¦ do @K3 while (@E) ¦ throw @E ¦ throw@L @A ¦ try {@B2} catch (@I) {@B2} ¦ try {@B2} finally {@B2} ¦ try {@B2} catch {@B2} ¦ try {@B2} catch ({@V2}) {@B2} ¦ try {} ¦ break ¦ continue; ¦ switch (@E) {@SW} ¦ function @I(@V) {@B2} ¦ ; ¦ @I: @K3 ¦ x: for (;;) { @K3; break x } ¦ x: { continue x } ¦ break @I ¦ debugger ¦ with (a) {} ¦ class @I {} ¦ const @I ¦ let [a] ¦ for (@HD) {@B2} ¦ while (1) {@K3; break} ¦ let @L @I ¦ import a ¦ export a ¦ async function f() {} ¦ @K2 ¦ delete @T; ¦ @I++ ¦ @I@L++@I ¦ const @I = @A, @I = @A ¦ if (1) function @I() {} ¦ function @I() {} @K3 ¦ let @I; var @I ¦ var @I; let @I ¦ return@L @A ¦ function* g() {}`,
  HD: String.raw`const @I of @A ¦ let @I in @E ¦ var @I = 1 in @A ¦ @T of @A ¦ @T in @E ¦ ;; ¦ let i = 0; i < @N; i++ ¦ const [@V] of @A ¦ const {@V2} of @A ¦ @E; @E; @E ¦ async of @A ¦ let of @A ¦ let.x of @A ¦ let in a ¦ const @I = 1 of @A ¦ var i = a in b; ; ¦ let i, j of @A ¦ @A in @A; ; ¦ const @I ¦ var [a] = 1 in b ¦ let of = 1; ; ¦ x => a in b ¦ const a`,
  SW: String.raw`¦ case @A: @K3 ¦ default: @K3 ¦ case @E: @B2 case @A: @B2; break; default: ¦ default: default: ¦ @K3 ¦ case @A: let @I; case 2: let @I`,
  K: String.raw`a ¦ ' ¦ ab ¦ }}`,
  L: String.raw`¤ ¦ ¤ ¦ /* c */ ¦ // d¤ ¦ /*¤*/ ¦ / /`,
};

/** Each choice as its texts, with names of rules in between. */
const choices: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries(rules).map(([name, text]) => [
    name,
    text.split('¦').map((one) =>
      one
        .trim()
        .replaceAll('¤', '\n')
        .split(/@([A-Z]+\d?)/u),
    ),
  ]),
);
const deepest = 7;
const strays = [
  '}',
  ')',
  '(',
  '/',
  '"',
  '`',
  ' ',
  '\n',
  ',',
  '=',
  '=>',
  '.',
  '...',
  '?',
  'in',
  '\\',
  '#',
  '@',
  '\u2028',
  '0',
  "'",
  '{',
  '${',
  '*',
  '/*',
  ';',
  ':',
];

/** A source by chance: one of the grammar of the language, one of the whole syntax, or one of them with a character changed. */
export function sourceOf(chance: () => number): string {
  const upTo = (most: number): number => Math.floor(chance() * most);
  const grow = (name: string, depth: number): string => {
    const all = choices.get(name) ?? [];
    const chosen = all[depth > deepest ? Math.min(upTo(2), all.length - 1) : upTo(all.length)] ?? [];
    if (depth > deepest * 3) return 'a';
    return chosen.map((text, index) => (index % 2 === 0 ? text : grow(text, depth + 1))).join('');
  };
  const whole = chance() < 0.2 ? textOf(generate(chance, 'n8n')) : grow('E', 0);
  if (chance() < 0.7) return whole;
  const at = upTo(whole.length + 1);
  return whole.slice(0, at) + (strays[upTo(strays.length + 2)] ?? '') + whole.slice(at + upTo(3));
}
