import type {
  DoWhileStatement,
  Expression,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  Statement,
  VariableDeclaration,
  WhileStatement,
} from 'acorn';
import { Pending } from './pending.ts';
import { Statements } from './statements.ts';

/**
 * The expression that a source begins with, as ESTree. What follows is not looked at, but for one token.
 * Its trees are acorn's for ES2024 in a script, and so is the place of a mistake that both name (`parse-expression.test.ts` compares them).
 * @throws SyntaxFault for what is no expression of JavaScript, and for syntax that this language refuses as a whole
 */
export function parseExpression(source: string): Expression {
  return new Parser(source).expression();
}

class Parser extends Statements {
  protected override loop(): Statement {
    const { start, type } = this;
    this.next();
    if (type === 'while') return this.#while(start);
    if (type === 'do') return this.#doWhile(start);
    this.scopes.enter(false);
    const made = this.#for(start);
    this.scopes.leave();
    return made;
  }

  #loopBody(where: string): Statement {
    this.around.push({ kind: 'loop' });
    const body = this.statement(where);
    this.around.pop();
    return body;
  }

  #while(start: number): WhileStatement {
    const test = this.inParentheses();
    const body = this.#loopBody('while');
    return { type: 'WhileStatement', start, end: this.lastEnd, test, body };
  }

  #doWhile(start: number): DoWhileStatement {
    const body = this.#loopBody('do');
    this.expect('while');
    const test = this.inParentheses();
    this.eat(';');
    return { type: 'DoWhileStatement', start, end: this.lastEnd, body, test };
  }

  #for(start: number): Statement {
    this.expect('(');
    if (this.type === ';') return this.#counted(start, null);
    if (this.type === 'var' || this.type === 'const' || this.isLet()) {
      const declared = this.declarations(this.start, true);
      const isLooped = (this.type === 'in' || this.isWord('of')) && declared.declarations.length === 1;
      return isLooped ? this.#looped(start, declared) : this.#counted(start, declared);
    }
    return this.#forValue(start);
  }

  /** A loop whose head begins with a value, or with what is assigned. */
  #forValue(start: number): Statement {
    const [first, startsWithLet, isEscaped] = [this.start, this.isWord('let'), this.isEscaped];
    const pending = new Pending();
    const init = this.expression(true, pending);
    const isOf = this.isWord('of');
    if (this.type !== 'in' && !isOf) {
      this.checkValue(pending);
      return this.#counted(start, init);
    }
    if (isOf && init.start === first && !isEscaped && init.type === 'Identifier' && init.name === 'async') this.unexpected();
    if (startsWithLet && isOf) this.fail("The left-hand side of a for-of loop may not start with 'let'.", init.start);
    this.checkAssigned(init, pending);
    const target = this.toPattern(init, false);
    // A default belongs inside of a pattern.
    if (target.type === 'AssignmentPattern') this.fail('Assigning to rvalue', target.start);
    this.checkPatternUse(target);
    return this.#looped(start, target);
  }

  #counted(start: number, init: VariableDeclaration | Expression | null): ForStatement {
    this.expect(';');
    const test = this.type === ';' ? null : this.expression();
    this.expect(';');
    const update = this.type === ')' ? null : this.expression();
    this.expect(')');
    const body = this.#loopBody('for');
    return { type: 'ForStatement', start, end: this.lastEnd, init, test, update, body };
  }

  #looped(start: number, left: VariableDeclaration | Pattern): ForInStatement | ForOfStatement {
    const isIn = this.type === 'in';
    this.next();
    if (left.type === 'VariableDeclaration') this.#checkNoValue(left, isIn);
    const right = isIn ? this.expression() : this.assignment();
    this.expect(')');
    const body = this.#loopBody('for');
    const end = this.lastEnd;
    return isIn
      ? { type: 'ForInStatement', start, end, left, right, body }
      : { type: 'ForOfStatement', start, end, await: false, left, right, body };
  }

  #checkNoValue({ start, kind, declarations: [only] }: VariableDeclaration, isIn: boolean): void {
    const hasValue = only?.init !== null && only?.init !== undefined;
    if (!hasValue || (isIn && !this.isStrict && kind === 'var' && only.id.type === 'Identifier')) return;
    this.fail(`${isIn ? 'for-in' : 'for-of'} loop variable declaration may not have an initializer`, start);
  }
}
