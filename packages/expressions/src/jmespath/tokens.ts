import { typeError } from '../errors.ts';

/** One word of a JMESPath query. */
export interface Token {
  /** A sign such as `[`, or the sort of a word. */
  readonly kind: string;
  /** What a name or literal says. */
  readonly value?: unknown;
}

const space = /\s+/uy;
const signs = /\[\?|\[\]|\|\||&&|==|!=|<=|>=|[.*[\]{}(),:|&!<>@]/uy;
const number = /-?\d{1,9}/uy;
const name = /[A-Za-z_]\w*/uy;
const quoted = /"(?:[^"\\]|\\.)*"/uy;
const raw = /'(?:[^'\\]|\\.)*'/uy;
const literal = /`(?:[^`\\]|\\.)*`/uy;

/**
 * The words of a query.
 * @throws ExpressionError `expression_type` where it cannot be read
 */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(query)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  while (at < query.length) {
    if (take(space) !== undefined) continue;
    const token = tokenAt(take);
    if (token === undefined) throw unreadable(at, query.slice(at, at + 10));
    tokens.push(token);
  }
  return tokens;
}

function tokenAt(take: (pattern: RegExp) => string | undefined): Token | undefined {
  const word = take(name);
  if (word !== undefined) return { kind: 'name', value: word };
  const digits = take(number);
  if (digits !== undefined) return { kind: 'number', value: Number(digits) };
  const text = take(quoted);
  if (text !== undefined) return { kind: 'name', value: json(text) };
  const plain = take(raw);
  if (plain !== undefined) return { kind: 'literal', value: plain.slice(1, -1).replaceAll("\\'", "'") };
  const data = take(literal);
  if (data !== undefined) return { kind: 'literal', value: loose(data.slice(1, -1).replaceAll('\\`', '`')) };
  const sign = take(signs);
  return sign === undefined ? undefined : { kind: sign };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw typeError(`JMESPath: not JSON ${text.slice(0, 40)}`, 'Between backticks stands JSON, such as `` `[1, 2]` ``.');
  }
}

/** Old queries write texts between backticks without quotes. */
function loose(text: string): unknown {
  return /^\s*(?:[\d"[{-]|true|false|null)/u.test(text) ? json(text) : text.trim();
}

/** The error for a place that cannot be read. */
function unreadable(at: number, found: string): Error {
  return typeError(
    `JMESPath: unexpected ${found.slice(0, 20)} at ${at}`,
    `The JMESPath query cannot be read at \`${found.slice(0, 20)}\`.`,
  );
}
