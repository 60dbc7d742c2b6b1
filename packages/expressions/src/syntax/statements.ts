import type {
  BreakStatement,
  CatchClause,
  ContinueStatement,
  Expression,
  Identifier,
  LabeledStatement,
  ReturnStatement,
  Statement,
  SwitchCase,
  SwitchStatement,
  ThrowStatement,
  TryStatement,
  VariableDeclaration,
  VariableDeclarator,
} from 'acorn';
import type { Around } from './functions.ts';
import { Operators } from './operators.ts';
import { continuesWord, startsWord } from './words.ts';

/** Statements in the bodies of functions. */
export abstract class Statements extends Operators {
  /** `for`, `while` or `do`. */
  protected abstract loop(): Statement;

  override statement(where: string | null): Statement {
    const { start, type } = this;
    if (this.isLet(where !== null) || type === 'const' || type === 'var') return this.#variables(where);
    switch (type) {
      case '{':
        return this.block();
      case ';':
        this.next();
        return { type: 'EmptyStatement', start, end: this.lastEnd };
      case 'if':
        return this.#if();
      case 'return':
        return this.#return();
      case 'for':
      case 'while':
      case 'do':
        return this.loop();
      case 'function':
        if (where !== null && (this.isStrict || (where !== 'if' && where !== 'label'))) this.unexpected();
        return this.functionDeclaration(start, where !== null);
      case 'switch':
        return this.#switch();
      case 'try':
        return this.#try();
      case 'throw':
        return this.#throw();
      case 'break':
      case 'continue':
        return this.#leave(type);
      case 'class':
        return this.deny('ClassDeclaration', start);
      case 'with':
        return this.deny('WithStatement', start);
      case 'debugger':
        return this.deny('DebuggerStatement', start);
      default:
        return this.#expressionStatement(where);
    }
  }

  #expressionStatement(where: string | null): Statement {
    const { start, type } = this;
    const expression = this.expression();
    if (type === 'name' && expression.type === 'Identifier' && this.eat(':')) return this.#labeled(expression, where);
    this.semicolon();
    return { type: 'ExpressionStatement', start, end: this.lastEnd, expression };
  }

  #labeled(label: Identifier, where: string | null): LabeledStatement {
    const { start, name } = label;
    if (this.around.some((one) => one.name === name)) this.fail(`Label '${name}' is already declared`, start);
    this.around.push({ kind: 'label', name, isLoop: this.#isBeforeLoop() });
    const body = this.statement(where === null || where === 'label' ? 'label' : `${where} label`);
    this.around.pop();
    return { type: 'LabeledStatement', start, end: this.lastEnd, body, label };
  }

  /** Other labels may stand between a label and its loop. */
  #isBeforeLoop(): boolean {
    const head = /(?:[$\w]+\s*:\s*)*(?:for|while|do)\b/y;
    head.lastIndex = this.start;
    return head.test(this.source);
  }

  /** Whether `let` declares something here, and is no name. @param isBody of a statement, where nothing can be declared */
  protected isLet(isBody = false): boolean {
    if (!this.isWord('let')) return false;
    const { source } = this;
    const next = this.afterSpace(this.end);
    const character = source[next];
    if (character === '[' || character === '\\') return true;
    if (isBody) return false;
    if (character === '{') return true;
    if (!startsWord(source, next)) return false;
    const word = /in(?:stanceof)?/y;
    word.lastIndex = next;
    const end = next + (word.exec(source)?.[0].length ?? 0);
    return end === next || continuesWord(source, end) || source[end] === '\\';
  }

  #variables(where: string | null): VariableDeclaration {
    const { start } = this;
    if (where !== null && this.type !== 'var') this.unexpected();
    const made = this.declarations(start, false);
    this.semicolon();
    return { ...made, end: this.lastEnd };
  }

  /** `const a = 1, { b } = c`. @param isHead of a loop, where values may be missing */
  protected declarations(start: number, isHead: boolean): VariableDeclaration {
    const kind = this.value as VariableDeclaration['kind'];
    const declarations: VariableDeclarator[] = [];
    do {
      this.next();
      declarations.push(this.#declarator(kind, isHead));
    } while (this.type === ',');
    return { type: 'VariableDeclaration', start, end: this.lastEnd, declarations, kind };
  }

  #declarator(kind: string, isHead: boolean): VariableDeclarator {
    const { start } = this;
    const id = this.bindingAtom();
    this.checkPatternUse(id, { how: kind === 'var' ? 'var' : 'lexical' });
    const isLooped = this.type === 'in' || this.isWord('of');
    let init: Expression | null = null;
    if (this.eat('=')) init = this.assignment(isHead);
    else if (kind === 'const' && !isLooped) this.unexpected();
    else if (id.type !== 'Identifier' && !(isHead && isLooped))
      this.fail('Complex binding patterns require an initialization value', this.lastEnd);
    return { type: 'VariableDeclarator', start, end: this.lastEnd, id, init };
  }

  protected inParentheses(): Expression {
    this.expect('(');
    const value = this.expression();
    this.expect(')');
    return value;
  }

  #if(): Statement {
    const { start } = this;
    this.next();
    const test = this.inParentheses();
    const consequent = this.statement('if');
    const alternate = this.eat('else') ? this.statement('if') : null;
    return { type: 'IfStatement', start, end: this.lastEnd, test, consequent, alternate };
  }

  #return(): ReturnStatement {
    const { start } = this;
    this.next();
    const isBare = this.eat(';') || this.isEnd;
    const argument = isBare ? null : this.expression();
    if (!isBare) this.semicolon();
    return { type: 'ReturnStatement', start, end: this.lastEnd, argument };
  }

  #throw(): ThrowStatement {
    const { start } = this;
    this.next();
    if (this.isNewLine) this.fail('Illegal newline after throw', this.lastEnd);
    const argument = this.expression();
    this.semicolon();
    return { type: 'ThrowStatement', start, end: this.lastEnd, argument };
  }

  #leave(keyword: 'break' | 'continue'): BreakStatement | ContinueStatement {
    const { start } = this;
    this.next();
    let label: Identifier | null = null;
    if (!this.eat(';') && !this.isEnd) {
      if (this.type !== 'name') this.unexpected();
      label = this.identifier();
      this.semicolon();
    }
    const isBreak = keyword === 'break';
    const name = label?.name;
    const isMeant = ({ kind, ...one }: Around): boolean =>
      name === undefined ? kind === 'loop' || (isBreak && kind === 'switch') : one.name === name && (isBreak || one.isLoop === true);
    if (!this.around.some(isMeant)) this.fail(`Unsyntactic ${keyword}`, start);
    const end = this.lastEnd;
    return isBreak ? { type: 'BreakStatement', start, end, label } : { type: 'ContinueStatement', start, end, label };
  }

  #switch(): SwitchStatement {
    const { start } = this;
    this.next();
    const discriminant = this.inParentheses();
    const cases: SwitchCase[] = [];
    this.expect('{');
    this.around.push({ kind: 'switch' });
    this.scopes.enter(false);
    while (this.type !== '}') {
      if (this.type === 'default' && cases.some(({ test }) => test === null)) {
        this.next();
        this.fail('Multiple default clauses', this.lastStart);
      }
      cases.push(this.#case());
    }
    this.scopes.leave();
    this.next();
    this.around.pop();
    return { type: 'SwitchStatement', start, end: this.lastEnd, discriminant, cases };
  }

  #case(): SwitchCase {
    const { start, type } = this;
    if (type !== 'case' && type !== 'default') this.unexpected();
    this.next();
    const test = type === 'case' ? this.expression() : null;
    this.expect(':');
    const consequent: Statement[] = [];
    while (this.type !== 'case' && this.type !== 'default' && this.type !== '}') consequent.push(this.statement(null));
    return { type: 'SwitchCase', start, end: this.lastEnd, consequent, test };
  }

  #try(): TryStatement {
    const { start } = this;
    this.next();
    const block = this.block();
    const handler = this.type === 'catch' ? this.#catch() : null;
    const finalizer = this.eat('finally') ? this.block() : null;
    if (handler === null && finalizer === null) this.fail('Missing catch or finally clause', start);
    return { type: 'TryStatement', start, end: this.lastEnd, block, handler, finalizer };
  }

  #catch(): CatchClause {
    const { start } = this;
    this.next();
    const param = this.eat('(') ? this.bindingAtom() : null;
    this.scopes.enter(false);
    if (param !== null) {
      this.checkPatternUse(param, { how: param.type === 'Identifier' ? 'catch' : 'lexical' });
      this.expect(')');
    }
    const body = this.block(false);
    this.scopes.leave();
    return { type: 'CatchClause', start, end: this.lastEnd, param, body };
  }
}
