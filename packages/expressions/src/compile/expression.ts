import type { Expression, Literal, Super } from 'acorn';
import { deniedError } from '../errors.ts';
import { Pattern } from '../runtime/pattern.ts';
import { arrayClosure, objectClosure, templateClosure } from './collections.ts';
import { callClosure } from './call.ts';
import { type Compiler, type Evaluate, type Mode, stopped } from './compiler.ts';
import { deniedSyntax } from './denied.ts';
import { functionClosure } from './function.ts';
import { identifierClosure } from './identifier.ts';
import { memberClosure } from './member.ts';
import { newClosure } from './new.ts';
import { assignClosure, sequenceClosure, updateClosure } from './statements/assign.ts';
import { binaryClosure, conditionalClosure, logicalClosure, unaryClosure } from './operators.ts';

/**
 * The closure of one node. What is not named here does not exist in the language.
 * @throws ExpressionError `expression_denied` for every other kind of node
 */
export function closureOf(compiler: Compiler, node: Expression | Super, mode: Mode): Evaluate {
  switch (node.type) {
    case 'Literal':
      return literalClosure(node);
    case 'Identifier':
      return identifierClosure(compiler, node);
    case 'MemberExpression':
      return memberClosure(compiler, node, mode);
    case 'CallExpression':
      return callClosure(compiler, node, mode);
    case 'ChainExpression':
      return chainClosure(compiler.compile(node.expression, { isLenient: mode.isLenient, isChain: true }));
    case 'ParenthesizedExpression':
      return compiler.compile(node.expression, { isLenient: mode.isLenient, isChain: false });
    case 'BinaryExpression':
      return binaryClosure(compiler, node);
    case 'LogicalExpression':
      return logicalClosure(compiler, node, mode);
    case 'UnaryExpression':
      return unaryClosure(compiler, node);
    case 'ConditionalExpression':
      return conditionalClosure(compiler, node, mode);
    case 'TemplateLiteral':
      return templateClosure(compiler, node);
    case 'ArrayExpression':
      return arrayClosure(compiler, node);
    case 'ObjectExpression':
      return objectClosure(compiler, node);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return functionClosure(compiler, node);
    case 'AssignmentExpression':
      return assignClosure(compiler, node);
    case 'UpdateExpression':
      return updateClosure(compiler, node);
    case 'SequenceExpression':
      return sequenceClosure(compiler, node);
    case 'NewExpression':
      return newClosure(compiler, node);
    default:
      throw deniedSyntax(node.type);
  }
}

function literalClosure(node: Literal): Evaluate {
  if (node.regex) {
    const pattern = new Pattern(node.regex.pattern, node.regex.flags);
    return () => pattern;
  }
  const { value } = node;
  if (typeof value === 'bigint' || (typeof value === 'object' && value !== null))
    throw deniedError('big integer', 'Use an ordinary number, or text for long digits.');
  return () => value;
}

function chainClosure(inner: Evaluate): Evaluate {
  return (frame) => {
    const value = inner(frame);
    return value === stopped ? undefined : value;
  };
}
