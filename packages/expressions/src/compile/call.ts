import type { CallExpression, Expression, Identifier, MemberExpression, SpreadElement, Super } from 'acorn';
import { deniedError, ExpressionError, typeError } from '../errors.ts';
import { functions, namespaces } from '../methods/globals/globals.ts';
import { Args, type Method } from '../methods/spec.ts';
import { methodNames, methodOf } from '../methods/tables.ts';
import { toKey } from '../runtime/access.ts';
import type { Frame } from '../runtime/run.ts';
import { describeKind, kindOf, Lambda, type Value, View } from '../runtime/value.ts';
import { closest } from '../suggest.ts';
import { collector } from './collections.ts';
import { type Compiler, type Evaluate, type Mode, type Place, stopped, strict } from './compiler.ts';
import { failed } from './failed.ts';
import { namespaceOf, propertyOf, staticKey, unknownFunction } from './member.ts';
import { nodeNamed } from './roots.ts';

/** `f(x)`, `a.f(x)`, `Math.f(x)`, `$('id')` */
export function callClosure(compiler: Compiler, node: CallExpression, mode: Mode): Evaluate {
  const { callee } = node;
  if (callee.type === 'Identifier' && compiler.names.find(callee.name) === undefined) {
    if (callee.name === '$') return nodeClosure(compiler, node);
    const method = functions.get(callee.name);
    if (method !== undefined) return builtinCall(compiler, node, { name: callee.name, method });
    if (namespaces.has(callee.name)) throw notCallable(callee);
  }
  if (callee.type === 'MemberExpression') {
    const space = namespaceOf(compiler, callee);
    if (space === undefined) return methodCall(compiler, node, { callee, mode });
    const method = namespaces.get(space.name)?.functions.get(space.key);
    if (method === undefined) throw unknownFunction(space.name, space.key);
    return builtinCall(compiler, node, { name: `${space.name}.${space.key}`, method });
  }
  return lambdaCall(compiler, node, { callee, mode });
}

function notCallable(callee: Identifier): ExpressionError {
  return deniedError(
    `${callee.name} is not a function`,
    `\`${callee.name}\` is a set of functions: write \`${callee.name}.\` and choose one.`,
  );
}

function nodeClosure(compiler: Compiler, node: CallExpression): Evaluate {
  const name = constantText(node.arguments[0]);
  if (name === undefined || node.arguments.length !== 1) {
    throw deniedError(
      '$() without a fixed name',
      "Name the step in quotes: `$('id')`. Which steps are needed must be known before the run.",
    );
  }
  const place = compiler.place(node);
  return (frame) => {
    try {
      return nodeNamed(frame, name);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

/** The text of a quoted literal, or of a template without `${}`. */
export function constantText(node: Expression | SpreadElement | Super | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

function builtinCall(compiler: Compiler, node: CallExpression, { name, method }: { name: string; method: Method<undefined> }): Evaluate {
  const collect = collector(compiler, node.arguments);
  const place = compiler.place(node);
  return (frame) => {
    const args = collect(frame);
    try {
      frame.run.chargeOperands(args);
      return method.perform(undefined, new Args(name, args), frame.run);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function lambdaCall(compiler: Compiler, node: CallExpression, { callee, mode }: { callee: Expression | Super; mode: Mode }): Evaluate {
  const evaluate = compiler.compile(callee, { isLenient: mode.isLenient || node.optional, isChain: mode.isChain });
  const collect = collector(compiler, node.arguments);
  const place = compiler.place(node);
  return (frame) => {
    const lambda = evaluate(frame);
    if (lambda instanceof Lambda) return frame.run.call(lambda, collect(frame));
    if (lambda === stopped || (node.optional && (lambda === null || lambda === undefined))) return stopped;
    throw failed(
      typeError(`${describeKind(lambda)} is not a function`, `This is ${describeKind(lambda)}, not a function: it cannot be called.`),
      place,
    );
  };
}

interface MethodCall {
  readonly callee: MemberExpression;
  readonly mode: Mode;
}

function methodCall(compiler: Compiler, node: CallExpression, { callee, mode }: MethodCall): Evaluate {
  const isLenient = mode.isLenient || callee.optional;
  const receiver = compiler.compile(callee.object, { isLenient, isChain: mode.isChain });
  const name = methodName(compiler, callee);
  const collect = collector(compiler, node.arguments);
  const place = compiler.place(node);
  const owner = compiler.textOf(callee.object);
  return (frame) => {
    const self = receiver(frame);
    if (self === stopped) return stopped;
    const isNothing = self === null || self === undefined;
    if (isNothing && callee.optional) return stopped;
    const key = name(frame);
    const method = methodOf(self, key);
    if (method === undefined) {
      if (isNothing && mode.isLenient) return undefined;
      if (node.optional) return stopped;
      throw failed(unknownMethod(self, key, owner), place);
    }
    const args = collect(frame);
    try {
      if (typeof self === 'string' && self.length > 255) frame.run.spend(self.length >> 5);
      frame.run.chargeOperands(args);
      return method.perform(self, new Args(key, args), frame.run);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function methodName(compiler: Compiler, callee: MemberExpression): (frame: Frame) => string {
  const fixed = staticKey(callee);
  if (fixed !== undefined) return () => fixed;
  const computed = compiler.compile(propertyOf(callee), strict);
  const place: Place = compiler.place(callee);
  return (frame) => {
    try {
      return toKey(computed(frame));
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function unknownMethod(self: Value, key: string, owner: string): ExpressionError {
  const shown = key.slice(0, 60);
  if (self === null || self === undefined) {
    const hint = `\`${shown}\` cannot be used because \`${owner}\` is ${self === null ? 'null' : 'empty'}. Use \`?.${shown}(...)\`, or \`?? ''\` for a default.`;
    return new ExpressionError({ code: 'expression_missing_key', message: `${owner}.${shown}: no value`, hint, missingKey: shown });
  }
  const known = self instanceof View ? [...self.methods.keys()] : methodNames(kindOf(self));
  const suggestion = closest(key, known);
  const what = kindOf(self) === 'text' ? 'a text' : describeKind(self);
  const hint = `\`${owner}\` is ${what}, which has no function \`${shown}\`.${suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`}`;
  return new ExpressionError({ code: 'expression_type', message: `no function ${shown} on ${what}`, hint, missingKey: shown, suggestion });
}
