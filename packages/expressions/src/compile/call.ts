import type { CallExpression, Expression, Identifier, MemberExpression, SpreadElement, Super } from 'acorn';
import { deniedError, ExpressionError, typeError } from '../errors.ts';
import { functions, namespaces } from '../methods/globals/globals.ts';
import { Args, type Method } from '../methods/spec.ts';
import { looseMethodOf, methodNames, methodOf, receiverOf } from '../methods/tables.ts';
import { isListMaker, isMaker } from '../methods/makers.ts';
import { isExtension } from '../profile.ts';
import { keyFor } from '../runtime/access.ts';
import type { Frame } from '../runtime/run.ts';
import { toNumber } from '../runtime/text.ts';
import { describeKind, isList, kindOf, Lambda, type Value, View } from '../runtime/value.ts';
import { closest } from '../suggest.ts';
import { collector } from './collections.ts';
import { type Compiler, type Evaluate, type Mode, type Place, stopped, strict } from './compiler.ts';
import { failed } from './failed.ts';
import { namespaceOf, propertyOf, staticKey, unknownFunction } from './member.ts';
import { itemView, nodeNamed } from '../roots/views.ts';

/** What calling a function of the language costs, in units of work. */
const callCost = 3;

/** `f(x)`, `a.f(x)`, `Math.f(x)`, `$('id')` */
export function callClosure(compiler: Compiler, node: CallExpression, mode: Mode): Evaluate {
  const { callee } = node;
  if (callee.type === 'Identifier' && compiler.names.find(callee.name) === undefined) {
    if (callee.name === '$') return nodeClosure(compiler, node);
    if (callee.name === '$items') return itemsClosure(compiler, node);
    if (callee.name === '$item') return itemClosure(compiler, node);
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

/** `$items()`, `$items('id', output, run)`: the items that arrived, or all of another node's. */
function itemsClosure(compiler: Compiler, node: CallExpression): Evaluate {
  if (node.arguments.length === 0) return (frame) => frame.run.scope.items;
  const name = constantText(node.arguments[0]);
  if (name === undefined)
    throw deniedError(
      '$items() without a fixed name',
      "Name the step in quotes: `$items('id')`. Which steps are needed must be known before the run.",
    );
  const collect = collector(compiler, node.arguments.slice(1));
  const place = compiler.place(node);
  return (frame) => {
    const args = collect(frame);
    try {
      return nodeNamed(frame, name).methods.get('all')?.(args);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

/** `$item(2)`, and `$item()` for the current one. */
function itemClosure(compiler: Compiler, node: CallExpression): Evaluate {
  const collect = collector(compiler, node.arguments);
  const place = compiler.place(node);
  return (frame) => {
    const [index] = collect(frame);
    try {
      return itemView(frame, index === undefined ? frame.run.scope.itemIndex : toNumber(index));
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
  const makes = compiler.changes && isMaker(name);
  return (frame) => {
    const args = collect(frame);
    try {
      frame.run.spend(callCost);
      frame.run.chargeOperands(args);
      const value = method.perform(undefined, new Args(name, args, frame.run), frame.run);
      return makes && typeof value === 'object' && value !== null ? frame.run.own(value) : value;
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
    const method = compiler.isLoose ? looseMethodOf(self, key) : methodOf(self, key);
    if (method === undefined) {
      if (isNothing && mode.isLenient && !compiler.isLoose) return undefined;
      if (node.optional) return stopped;
      throw failed(unknownMethod(self, key, { owner, isLoose: compiler.isLoose }), place);
    }
    const args = collect(frame);
    try {
      frame.run.spend(typeof self === 'string' ? callCost + (self.length >> 5) : callCost);
      frame.run.chargeOperands(args);
      const value = method.perform(receiverOf(self, key), new Args(key, args, frame.run), frame.run);
      return compiler.changes && isList(value) && value !== self && isListMaker(key) ? frame.run.own(value) : value;
    } catch (error) {
      throw failed(error, compiler.isLoose ? { ...place, isFinal: isExtension(key) } : place);
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
      return keyFor(computed(frame), frame.run);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function unknownMethod(self: Value, key: string, { owner, isLoose }: { owner: string; isLoose: boolean }): ExpressionError {
  const shown = key.slice(0, 60);
  const isFinal = isLoose && isExtension(key);
  if (self === null || self === undefined) {
    const hint = `\`${shown}\` cannot be used because \`${owner}\` is ${self === null ? 'null' : 'empty'}. Use \`?.${shown}(...)\`, or \`?? ''\` for a default.`;
    return new ExpressionError({
      code: 'expression_missing_key',
      message: `${owner}.${shown}: no value`,
      hint,
      missingKey: shown,
      isFinal,
    });
  }
  const known = self instanceof View ? [...self.methods.keys()] : methodNames(kindOf(self));
  const suggestion = closest(key, known);
  const what = kindOf(self) === 'text' ? 'a text' : describeKind(self);
  const hint = `\`${owner}\` is ${what}, which has no function \`${shown}\`.${suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`}`;
  return new ExpressionError({
    code: 'expression_type',
    message: `no function ${shown} on ${what}`,
    hint,
    missingKey: shown,
    suggestion,
    isFinal,
  });
}
