import { SyntaxFault } from './fault.ts';
import { readNumber, readText } from './literals.ts';
import { isReserved, keywords, readWord, startsWord } from './words.ts';

const lineBreak = /[\r\n\u2028\u2029]/u;
const space = /(?:\s|\/\/[^\r\n\u2028\u2029]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y;
const restOfLine = /[^\r\n\u2028\u2029]*/y;
const sign =
  />>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[{}()[\];,<>+\-*/%&|^!~?:=.`]/y;

/** What a token is: `name`, `number`, `text`, `end`, or the keyword or sign itself. */
export type TokenType = string;

/** A source, one token at a time: always one token is read ahead. */
export class Tokens {
  readonly source: string;
  type: TokenType = 'end';
  /** What a name, number or text says. */
  value: string | number | bigint = '';
  start = 0;
  end = 0;
  /** Where the token before begins and ends. */
  lastStart = 0;
  lastEnd = 0;
  /** The word was written with `\u`. */
  isEscaped = false;
  /** Below `'use strict'`. */
  isStrict = false;

  constructor(source: string) {
    this.source = source;
    this.#read();
  }

  /** Goes on to the next token. @param isName a keyword is a name here, as after a dot */
  next(isName = false): void {
    if (this.isEscaped && !isName && keywords.has(this.type)) this.fail(`Escape sequence in keyword ${this.type}`);
    this.lastStart = this.start;
    this.lastEnd = this.end;
    this.#read();
  }

  /** Goes on behind something that is no token, such as a stretch of a template text. */
  goOn(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.next();
  }

  /** Goes on when the token is of a type. */
  eat(type: TokenType): boolean {
    if (this.type !== type) return false;
    this.next();
    return true;
  }

  /** @throws SyntaxFault when the token is another */
  expect(type: TokenType): void {
    if (!this.eat(type)) this.unexpected();
  }

  /** @throws SyntaxFault always */
  fail(message: string, at = this.start): never {
    throw new SyntaxFault(at, message);
  }

  /** @throws SyntaxFault always */
  unexpected(at = this.start): never {
    return this.fail('Unexpected token', at);
  }

  /** @throws SyntaxFault always: JavaScript has it, this language does not. It begins at a position, and this token belongs to it */
  deny(type: string, at: number): never {
    throw new SyntaxFault(at, `${type} is not available`, { type, end: this.end });
  }

  /** Whether the token is a name that has a meaning in this place. */
  isWord(name: string): boolean {
    return this.type === 'name' && this.value === name && !this.isEscaped;
  }

  /** Whether a line ended before this token. */
  get isNewLine(): boolean {
    return this.lastEnd < this.start && lineBreak.test(this.source.slice(this.lastEnd, this.start));
  }

  /** Whether a statement may end before this token without a semicolon. */
  get isEnd(): boolean {
    return this.type === 'end' || this.type === '}' || this.isNewLine;
  }

  /** @throws SyntaxFault where a statement has no end */
  semicolon(): void {
    if (!this.eat(';') && !this.isEnd) this.unexpected();
  }

  /** @throws SyntaxFault for a keyword or a word that is kept for the future */
  checkName(name: string, at: number): void {
    if (keywords.has(name)) this.fail(`Unexpected keyword '${name}'`, at);
    if (isReserved(name, this.isStrict)) this.fail(`The keyword '${name}' is reserved`, at);
  }

  /** Position after white space and comments. */
  afterSpace(from: number): number {
    space.lastIndex = from;
    return from + (space.exec(this.source)?.[0].length ?? 0);
  }

  #read(): void {
    this.start = this.afterSpace(this.end);
    const { source, start } = this;
    const character = source.charCodeAt(start);
    this.isEscaped = false;
    if (Number.isNaN(character)) return this.#token('end', start);
    if (startsWord(source, start)) return this.#readWord();
    if ((character >= 48 && character <= 57) || (character === 46 && /\d/u.test(source.charAt(start + 1)))) {
      const { value, end } = readNumber(source, start, this.isStrict);
      this.value = value;
      return this.#token('number', end);
    }
    if (character === 34 || character === 39) {
      const { value, end } = readText(source, start, this.isStrict);
      this.value = value;
      return this.#token('text', end);
    }
    // A private name, which stands nowhere without a class.
    if (character === 35 && startsWord(source, start + 1)) return this.#token('#', readWord(source, start + 1).end);
    if (this.#isOldComment()) return this.#skipLine();
    sign.lastIndex = start;
    const found = sign.exec(source)?.[0];
    if (found !== undefined && !source.startsWith('/*', start)) return this.#token(found, start + found.length);
    return this.#failAt(start);
  }

  #failAt(start: number): never {
    const { source } = this;
    if (source.startsWith('/*', start)) return this.fail('Unterminated comment', start);
    const at = source[start] === '#' ? start + 1 : start;
    return this.fail(`Unexpected character '${String.fromCodePoint(source.codePointAt(at) ?? 0)}'`, at);
  }

  #token(type: TokenType, end: number): void {
    this.type = type;
    this.end = end;
  }

  #readWord(): void {
    const { text, end, isEscaped } = readWord(this.source, this.start);
    this.value = text;
    this.isEscaped = isEscaped;
    this.#token(keywords.has(text) ? text : 'name', end);
  }

  /** `<!--` and, where a line begins, `-->` are comments in scripts. */
  #isOldComment(): boolean {
    const { source, start } = this;
    return source.startsWith('<!--', start) || (source.startsWith('-->', start) && (this.lastEnd === 0 || this.isNewLine));
  }

  #skipLine(): void {
    restOfLine.lastIndex = this.start;
    this.end = this.start + (restOfLine.exec(this.source)?.[0].length ?? 0);
    this.#read();
  }
}
