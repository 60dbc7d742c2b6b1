import type { ArrayPattern, AssignmentProperty, Expression, Identifier, Pattern, Property, RestElement, SpreadElement } from 'acorn';
import type { Pending } from './pending.ts';
import { type Declaration, Scopes } from './scopes.ts';
import { Tokens } from './tokens.ts';
import { isReserved } from './words.ts';

/** What can stand where a value is expected: spread elements and properties among others. */
export type Operand = Expression | SpreadElement | Property | Pattern | AssignmentProperty;

const unbindable = new Set(['eval', 'arguments']);

/** How the names of a pattern are used: declared in a way, or assigned. Parameters must differ from each other. */
export interface Use {
  readonly how?: Declaration;
  readonly taken?: Set<string>;
}

/** Turns what was read as a value into what is assigned to, and says where that cannot be. */
export abstract class Targets extends Tokens {
  readonly scopes = new Scopes();

  /** @throws SyntaxFault for what no pattern may have */
  checkPattern(pending: Pending, isBinding: boolean): void {
    if (pending.comma >= 0) this.fail('Comma is not permitted after the rest element', pending.comma);
    const at = isBinding ? pending.bound : pending.assigned;
    if (at >= 0) this.fail(isBinding ? 'Parenthesized pattern' : 'Assigning to rvalue', at);
  }

  /** @throws SyntaxFault for what only a pattern may have */
  checkValue(pending: Pending): void {
    if (pending.shorthand >= 0) this.fail('Shorthand property assignments are valid only in destructuring patterns', pending.shorthand);
    if (pending.proto >= 0) this.fail('Redefinition of __proto__ property', pending.proto);
  }

  /**
   * What was read as a value, as what is assigned to or bound.
   * @throws SyntaxFault for what is neither
   */
  toPattern(node: Operand, isBinding: boolean): Pattern {
    const { start, end } = node;
    switch (node.type) {
      case 'ObjectExpression':
        return { type: 'ObjectPattern', start, end, properties: node.properties.map((one) => this.#propertyPattern(one, isBinding)) };
      case 'ArrayExpression':
        return { type: 'ArrayPattern', start, end, elements: this.toPatterns(node.elements, isBinding) };
      case 'SpreadElement':
        return this.#restOf(node, isBinding);
      case 'AssignmentExpression':
        if (node.operator !== '=') this.fail("Only '=' operator can be used for specifying default value.", node.left.end);
        return { type: 'AssignmentPattern', start, end, left: this.toPattern(node.left, isBinding), right: node.right };
      case 'ParenthesizedExpression':
        this.toPattern(node.expression, isBinding);
        // The types of the tree have no parentheses in patterns, where preserving them leaves some: `(a) = 1`.
        return node as Operand as Pattern;
      case 'ChainExpression':
        return this.fail('Optional chaining cannot appear in left-hand side', start);
      case 'MemberExpression':
        return isBinding ? this.fail('Assigning to rvalue', start) : node;
      case 'Identifier':
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'AssignmentPattern':
      case 'RestElement':
        return node;
      default:
        return this.fail('Assigning to rvalue', start);
    }
  }

  /** Elements of a list, or parameters of an arrow function. */
  toPatterns(nodes: readonly (Operand | null)[], isBinding: boolean): ArrayPattern['elements'] {
    return nodes.map((node) => node && this.toPattern(node, isBinding));
  }

  #restOf({ start, end, argument }: SpreadElement, isBinding: boolean): RestElement {
    const inner = this.toPattern(argument, isBinding);
    if (inner.type === 'AssignmentPattern') this.fail('Rest elements cannot have a default value', argument.start);
    return { type: 'RestElement', start, end, argument: inner };
  }

  #propertyPattern(node: Property | SpreadElement, isBinding: boolean): AssignmentProperty | RestElement {
    if (node.type === 'SpreadElement') {
      const rest = this.#restOf(node, isBinding);
      if (rest.argument.type === 'ArrayPattern' || rest.argument.type === 'ObjectPattern') this.unexpected(rest.argument.start);
      return rest;
    }
    if (node.kind !== 'init') this.fail("Object pattern can't contain getter or setter", node.key.start);
    const { start, end, key, computed, shorthand } = node;
    const value = this.toPattern(node.value, isBinding);
    return { type: 'Property', start, end, method: false, shorthand, computed, key, value, kind: 'init' };
  }

  /** @throws SyntaxFault for what cannot be assigned, or a name that is taken */
  checkPatternUse(node: Pattern | AssignmentProperty, use: Use = {}): void {
    if (node.type === 'ObjectPattern') for (const one of node.properties) this.checkPatternUse(one, use);
    else if (node.type === 'ArrayPattern') {
      for (const one of node.elements) if (one !== null) this.checkPatternUse(one, use);
    } else if (node.type === 'Property') this.checkPatternUse(node.value, use);
    else if (node.type === 'AssignmentPattern') this.checkPatternUse(node.left, use);
    else if (node.type === 'RestElement') this.checkPatternUse(node.argument, use);
    else this.checkSimple(node, use);
  }

  /** @throws SyntaxFault unless it is a name or a member; as {@link Targets.checkPatternUse} */
  checkSimple(node: Operand, use: Use = {}): void {
    const isBinding = use.how !== undefined;
    if (node.type === 'Identifier') this.checkNameUse(node, use);
    else if (node.type === 'ChainExpression') this.fail('Optional chaining cannot appear in left-hand side', node.start);
    else if (node.type === 'MemberExpression' || node.type === 'ParenthesizedExpression') {
      if (isBinding) this.fail(`Binding ${node.type === 'MemberExpression' ? 'member' : 'parenthesized'} expression`, node.start);
      if (node.type === 'ParenthesizedExpression') this.checkSimple(node.expression, use);
    } else this.fail(`${isBinding ? 'Binding' : 'Assigning to'} rvalue`, node.start);
  }

  /** @throws SyntaxFault for a name that strict code keeps */
  checkStrictName({ name, start }: Identifier, isBinding: boolean): void {
    if (this.isStrict && (unbindable.has(name) || isReserved(name, true)))
      this.fail(`${isBinding ? 'Binding' : 'Assigning to'} ${name} in strict mode`, start);
  }

  /** @throws SyntaxFault for a name that is taken */
  checkNameUse(node: Identifier, { how, taken }: Use): void {
    const { name, start } = node;
    this.checkStrictName(node, how !== undefined);
    if (how === undefined) return;
    if (how === 'lexical' && name === 'let') this.fail('let is disallowed as a lexically bound name', start);
    if (taken?.has(name) === true) this.fail('Argument name clash', start);
    taken?.add(name);
    if (!this.scopes.declare(name, how)) this.fail(`Identifier '${name}' has already been declared`, start);
  }
}
