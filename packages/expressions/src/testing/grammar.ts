/**
 * Generated expressions on which this interpreter and V8 must agree.
 * @n a number, @t a text, @b a truth, @l a list of numbers, @m a list of texts, @o an object, @f a function of a number; @d a small digit,
 * @i a position, @s a quoted text, @k a key. Bars part the rules; `||` is part of the language.
 */
const strictRules = {
  n: String.raw`@d|$json.n|0.5|1e3|NaN|$json.l[0]|(@n + @n)|(@n - @n)|(@n * @n)|(@n / @n)|(@n % @n)|((@n) ** @n)|(@n ^ @n)|(@n & @n)|(@n << @n)|(@n >> @n)
    |(@n >>> @n)|(-@n)|(~@n)|(+@t)|@t.length|@l.length|@t.indexOf(@t)|Math.round(@n)|Math.max(@n, @n)|Number(@t)|parseInt(@t)|(@b ? @n : @n)|(@n ?? @n)
    |@l.reduce((sum, x) => sum + x * @n, @n)|((a, b = 2) => a - b)(@n)|@l.findIndex(x => x > @n)|(({ a, ...rest }) => a + rest.b)({ a: @n, b: @n })
    |(@f)(@n)|@m.length|@l.indexOf(@n)|@l.lastIndexOf(@n)|Math.trunc(@n)|Math.sign(@n)|Math.min(...@l)|parseFloat(@t)|@t.charCodeAt(@i)|new Set(@l).size
    |(() => { let x = @n; for (const y of @l) { x += y } return x })()|(() => { let c = 0; for (let i = 0; i < @d; i++) { if (i === @d) continue; c += i } return c })()
    |(() => { let n = @d; while (n > 2) n--; return n })()|(() => { try { return @n } finally { } })()|(() => { try { throw new Error('x') } catch (e) { return @n } })()
    |(() => { switch (@d) { case 1: return @n; case @d: return 2; default: return @n } })()|(() => { const [a, b = @n] = @l; return a ?? b })()|(@n, @n)
    |(() => { const s = [...@l]; s.push(@n); return s.pop() })()|(() => { const s = [@n, @n]; s.shift(); return s.length })()|(new Map([[@d, @n]]).get(@d) ?? @n)
    |@m.map(s => s.length).reduce((a, b) => a + b, 0)|(function (x) { return x * 2 })(@n)|Object.keys(@o).length|(() => { let i = @d; return i++ + ++i })()
    |$json.l?.[1]|(typeof @n === 'number' ? @n : 0)|new Date(@d * 1000).getTime()|Number.parseInt(@t, 10)|(@n || @n)|(@n && @n)|Date.UTC(2020, @d, @d)`,
  t: String.raw`@s|$json.s|$json.o.k|$json['s']|(@t + @t)|(@t + @n)|(@b + @t)|${'`${'}@t}-${'${'}@n}${'`'}|@t.toUpperCase()|@t.trim()|@t.replace(@t, @t)|@t.replaceAll(@t, @t)
    |@t.replace(/[a-c]+/g, "<$&>")|@t.replace(/(b)(c)?/, '$2$1')|@t.split(@t).join(@t)|@t.split(/[ ,]+/).join("-")|@t.slice(@i, @i)|@t.substring(@i, @i)
    |@t.substr(@i, @i)|@t.padStart(@d, @s)|@t.padEnd(@d, @s)|@l.join(@t)|String(@n)|(@t ?? @t)|(@b ? @t : @t)|(typeof @n)|@t.charAt(@i)|(@t || @t)|(@t && @t)
    |@m.join(@s)|@t.toLowerCase()|@t.repeat(@d % 4)|@t.concat(@t, @n)|@t.trimStart()|@t.trimEnd()|JSON.stringify(@l)|JSON.stringify(@o)|encodeURIComponent(@t)
    |[...@t].reverse().join('')|@t.replace(/\s+/g, x => x.length)|@t.replace(/(?<first>[a-z])/i, '[$<first>]')|(() => { let t = ''; for (const c of @t) { t = c + t } return t })()
    |(@l + '')|String(@b)|String(@m)|(@n).toFixed(@d % 5)|(@n).toString(2 + @d)|Object.keys(@o).join()|(() => { let t = @t; t += @n; return t })()|new Date(@d * 100000).toISOString()
    |Array.from(@t, c => c + c).join('')|(() => { if (@b) { return @t } else if (@b) return @t; return @t })()|((@t).at(@i) ?? '')|[@t, @t].sort()[0]|(@t.match(/[a-c]/)?.[0] ?? @t)`,
  b: String.raw`true|false|$json.t|('k' in $json.o)|(@n < @n)|(@n <= @n)|(@n > @n)|(@n === @n)|(@n !== @n)|(@n == @t)|(@t < @t)|(@t >= @t)|(@t === @t)|(!@b)|(!@t)
    |(@b && @b)|@t.includes(@t)|@t.startsWith(@t)|@l.some(x => x > @n)|@l.every(x => x > @n)|@l.includes(@n)|/^[a-c]+,?/.test(@t)|Number.isInteger(@n)
    |@t.endsWith(@t)|(@b || @b)|(@n != @n)|(@b == @n)|(@b === @b)|isNaN(@n)|Array.isArray(@l)|new Set(@m).has(@t)|Object.hasOwn(@o, @k)|(@n > @t)|(null ?? @b)
    |@m.includes(@t)|@m.some(s => s === @t)|(typeof @t === typeof @n)|isFinite(@n)|Boolean(@t)|/B/i.test(@t)|(@k in @o)`,
  l: String.raw`$json.l|[]|[@n, @n]|[...@l, @n]|@l.map((x, i) => x + i * @n)|@l.filter(x => x < @n)|@l.concat(@l)|@l.slice(@i)|[...@l].reverse()|@l.flatMap(x => [x, @n])
    |(() => { const a = @l; if (a.length > 2) { return a.slice(0, 2) } return a; })()|[...@l].sort((a, b) => a - b)|Object.values({ a: @n, b: @n })|[@l, @l].flat()
    |[...new Set(@l)]|Array.from({ length: @d }, (_, i) => i)|@l.map(@f)|@m.map(s => s.length)|(() => { const r = []; for (const x of @l) r.unshift(x); return r })()
    |(() => { const r = [...@l]; r.splice(@d, 1, @n); return r })()|@l.slice(@i, @i)|Array(@d).fill(@n)|(() => { const r = []; @l.forEach((x, i) => r.push(x * i)); return r })()
    |(() => { const a = [...@l]; a.sort((x, y) => y - x); a.reverse(); return a })()|[...@l].sort()|(@b ? @l : @l)|Object.values(@o).filter(x => typeof x === 'number')
    |(() => { const a = [@n]; a[1] = @n; a[0] += @n; return a })()|JSON.parse(JSON.stringify(@l))|@l.toReversed()|[...@l.keys()]|@l.map(x => [x]).flat().concat(@n)`,
  m: String.raw`$json.m|[@t, @t]|@t.split(@s)|@m.map(s => s + @t)|[...@m, @t]|@m.filter(s => s > @t)|[...@m].sort()|Object.keys(@o)|@t.split('')|@m.concat(@m)|@m.slice(@i)
    |[...@t]|@t.split(/([a-b])/)|(@t.match(/[a-c]/g) ?? [])|@m.map((s, i) => s + i)|[...new Set(@m)]|@l.map(String)|@m.flatMap(s => [s, s])|[@t, ...@m].reverse()
    |@t.split(@s, @d)|@m.map(s => s.trim())|[...@t.matchAll(/[a-c](\d)?/g)].map(x => x[0])`,
  o: String.raw`$json.o|({ a: @n })|({ ...@o, k: @t })|({ [@t]: @n, b: @b })|Object.fromEntries(Object.entries(@o))|Object.assign({}, @o, { c: @l })
    |@m.reduce((acc, s) => ({ ...acc, [s]: (acc[s] ?? 0) + 1 }), {})|@m.reduce((acc, s) => { acc[s] = s.length; return acc }, {})|(({ k = 1, ...rest }) => rest)(@o)
    |Object.fromEntries(@m.map((s, i) => [s, i]))|JSON.parse(JSON.stringify(@o))|(() => { const o = {}; o.x = @n; o[@k] = @t; return o })()|({ a: [@n, @t], o: @o })`,
  f: String.raw`x => x + @n|x => { const y = x * 2; return y - @n }|(x, i) => x - (i ?? 0)|function (x) { return x % 7 }|x => (y => y + x)(@n)|x => (x > @n ? x : @n)|Math.abs`,
} as const;

/** What only the n8n profile shares with V8: missing paths, unknown methods, conversions of lists and objects. */
const looseRules: Readonly<Record<Kind, string>> = {
  ...strictRules,
  n: String.raw`${strictRules.n}|(@l * 1)|(+@l)|(@o - 1)|($json.nope + @n)|($json.nope?.x ?? @n)|(undefined + @n)|(null + @n)|(@l > @n ? 1 : 0)|@l[@d]|(@o).a`,
  t: String.raw`${strictRules.t}|(@l + @t)|(@t + @m)|(@m + @l)|${'`${'}@l}${'`'}|(@t + $json.nope)|($json.nope ?? @t)|$json.o.nope|String(@l)|@m[@d]|(null + @t)|$json.nope.x`,
  b: String.raw`${strictRules.b}|($json.nope === undefined)|!$json.nope|(@o.nope === null)|(@l > @t)|$json.nope.x === 1|(typeof $json.nope === 'undefined')`,
};

type Kind = keyof typeof strictRules;
type Leaf = 'd' | 'i' | 's' | 'k';

const keys = ['a', 'b', 'k', 'x'];
const letters = ['a', 'b', 'c', ' ', ',', 'é', '1'];
/** From here on only leaves are chosen. */
const deepest = 7;

/** A generated piece: the texts of its rule, with other pieces in between. */
export interface Piece {
  readonly kind: Kind | Leaf;
  readonly texts: readonly string[];
  readonly pieces: readonly Piece[];
}

interface Rule {
  readonly texts: readonly string[];
  readonly kinds: readonly (Kind | Leaf)[];
}

function rulesOf(text: string): readonly Rule[] {
  return text.split(/\s*(?<!\|)\|(?!\|)\s*/u).map((rule) => {
    const parts = rule.split(/@([ntblmofdisk])/u);
    return { texts: parts.filter((_, index) => index % 2 === 0), kinds: parts.filter((_, index) => index % 2 === 1) as (Kind | Leaf)[] };
  });
}

type Rules = Readonly<Record<Kind, readonly Rule[]>>;

function tablesOf(texts: Readonly<Record<Kind, string>>): Rules {
  return Object.fromEntries(Object.entries(texts).map(([kind, text]) => [kind, rulesOf(text)])) as unknown as Rules;
}

const tables = { millwright: tablesOf(strictRules), n8n: tablesOf(looseRules) };

/** Numbers in [0, 1) that a seed gives, always the same ones (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One expression by chance. */
export function generate(chance: () => number, profile: keyof typeof tables): Piece {
  const rules = tables[profile];
  const one = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const grow = (kind: Kind | Leaf, depth: number): Piece => {
    if (kind === 'd') return leaf(kind, String(Math.floor(chance() * 13)));
    if (kind === 'i') return leaf(kind, String(Math.floor(chance() * 15) - 5));
    if (kind === 'k') return leaf(kind, JSON.stringify(one(keys)));
    if (kind === 's') return leaf(kind, JSON.stringify(Array.from({ length: Math.floor(chance() * 5) }, () => one(letters)).join('')));
    const shallow = depth > deepest || chance() < depth / deepest / 1.4;
    const { texts, kinds } = shallow ? one(rules[kind].slice(0, 3)) : one(rules[kind]);
    return { kind, texts, pieces: kinds.map((inner) => grow(inner, depth + 1)) };
  };
  return grow(one(['n', 't', 'b', 'l', 'm', 'o'] as const), 0);
}

function leaf(kind: Leaf, text: string): Piece {
  return { kind, texts: [text], pieces: [] };
}

/** The expression's text. */
export function textOf({ texts, pieces }: Piece): string {
  return texts.map((text, index) => text + (index < pieces.length ? textOf(pieces[index] as Piece) : '')).join('');
}

/** Makes a failing expression as small as one that still fails: each piece replaced by one of its kind within it, or a plain one. */
export function shrink(piece: Piece, isFailing: (text: string) => boolean): Piece {
  let best = piece;
  for (let again = true; again;) {
    again = false;
    for (const smaller of smallerOnes(best)) {
      if (textOf(smaller).length >= textOf(best).length || !isFailing(textOf(smaller))) continue;
      best = smaller;
      again = true;
      break;
    }
  }
  return best;
}

function* smallerOnes(piece: Piece): Generator<Piece> {
  yield* within(piece, piece.kind);
  const [plain] = piece.kind in strictRules ? tables.millwright[piece.kind as Kind] : [];
  if (plain !== undefined && plain.kinds.length === 0) yield { kind: piece.kind, texts: plain.texts, pieces: [] };
  for (const [index, inner] of piece.pieces.entries())
    for (const smaller of smallerOnes(inner)) yield { ...piece, pieces: piece.pieces.with(index, smaller) };
}

function* within(piece: Piece, kind: Piece['kind']): Generator<Piece> {
  for (const inner of piece.pieces) {
    if (inner.kind === kind) yield inner;
    yield* within(inner, kind);
  }
}
