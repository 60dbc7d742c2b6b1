import type { MemberExpression } from 'acorn';
import { deniedError, ExpressionError } from '../errors.ts';
import { partCost } from '../methods/costs.ts';
import { isDatePart } from '../methods/date/part-names.ts';
import { namespaces } from '../methods/globals/globals.ts';
import { keyFor, missing, missingKeyError, readKey } from '../runtime/access.ts';
import type { Frame } from '../runtime/run.ts';
import { isList, isPlain, type Value } from '../runtime/value.ts';
import { closest } from '../suggest.ts';
import { type Compiler, type Evaluate, type Mode, stopped, strict } from './compiler.ts';
import { failed } from './failed.ts';
import { builtinClosure } from './identifier.ts';
import { nodeNamed } from '../roots/views.ts';

/** `a.b`, `a['b']`, `a?.b` */
export function memberClosure(compiler: Compiler, node: MemberExpression, mode: Mode): Evaluate {
  const fromNamespace = namespaceMember(compiler, node);
  if (fromNamespace !== undefined) return fromNamespace;
  if (node.object.type === 'Identifier' && node.object.name === '$node' && compiler.names.find('$node') === undefined)
    return nodeMember(compiler, node);
  const isLenient = mode.isLenient || node.optional;
  const object = compiler.compile(node.object, { isLenient, isChain: mode.isChain });
  const read = reader(compiler, node, isLenient && !compiler.isLoose);
  if (!mode.isChain) return (frame) => read(frame, object(frame));
  return (frame) => {
    const target = object(frame);
    if (target === stopped || (node.optional && (target === null || target === undefined))) return stopped;
    return read(frame, target);
  };
}

function nodeMember(compiler: Compiler, node: MemberExpression): Evaluate {
  const name = staticKey(node);
  if (name === undefined)
    throw deniedError('$node with a computed name', "Name the step: `$node['id']`. Which steps are needed must be known before the run.");
  const place = compiler.place(node);
  return (frame) => {
    try {
      return nodeNamed(frame, name, { isSameIndex: frame.run.isLoose });
    } catch (error) {
      throw failed(error, place);
    }
  };
}

type Read = (frame: Frame, target: Value) => Value;

function reader(compiler: Compiler, node: MemberExpression, isLenient: boolean): Read {
  const owner = compiler.textOf(node.object);
  const place = compiler.place(node);
  const readNamed = (target: Value, key: string): Value => {
    try {
      const value = readKey(target, key);
      if (value !== missing) return value;
      if (isLenient) return undefined;
      if (compiler.isLoose && target !== null && target !== undefined) return looseKey(target, key);
      throw missingKeyError(target, key, owner);
    } catch (error) {
      throw failed(error, place);
    }
  };
  const name = staticKey(node);
  if (name !== undefined && !isDatePart(name)) return (_frame, target) => readNamed(target, name);
  const readPart = (frame: Frame, target: Value, key: string): Value => {
    // Parts of dates may be names in a language, which the host looks up.
    if (typeof target === 'object' && !isPlain(target) && !isList(target)) frame.run.spend(partCost);
    return readNamed(target, key);
  };
  if (name !== undefined) return (frame, target) => readPart(frame, target, name);
  const computed = compiler.compile(propertyOf(node), strict);
  return (frame, target) => {
    const key = computed(frame);
    if (typeof key === 'number' && isList(target) && Number.isInteger(key) && key >= 0 && key < target.length) return target[key];
    return readPart(frame, target, keyText(key, frame, place));
  };
}

/** What n8n's data says for a key that ours does not have: an item's files are `binary` there. */
function looseKey(target: Value, key: string): Value {
  return key === 'binary' && isPlain(target) && Object.hasOwn(target, 'json') && Object.hasOwn(target, 'files')
    ? target['files']
    : undefined;
}

function keyText(key: Value, { run }: Frame, place: { start: number; end: number }): string {
  try {
    return keyFor(key, run);
  } catch (error) {
    throw failed(error, place);
  }
}

/** The key when the source says it: `.name`, `['name']`, `[0]`. */
export function staticKey(node: MemberExpression): string | undefined {
  const { property } = node;
  if (!node.computed) return property.type === 'Identifier' ? property.name : undefined;
  if (property.type === 'Literal' && (typeof property.value === 'string' || typeof property.value === 'number'))
    return String(property.value);
  return undefined;
}

/** The expression inside `[ ]`. */
export function propertyOf(node: MemberExpression): Exclude<MemberExpression['property'], { type: 'PrivateIdentifier' }> {
  if (node.property.type === 'PrivateIdentifier') throw deniedError('private name', 'Names with `#` are not available.');
  return node.property;
}

/** `Math.PI`, or `Math.round` given to another function. */
function namespaceMember(compiler: Compiler, node: MemberExpression): Evaluate | undefined {
  const space = namespaceOf(compiler, node);
  if (space === undefined) return undefined;
  const { name, key } = space;
  const namespace = namespaces.get(name);
  if (namespace?.constants.has(key)) {
    const value = namespace.constants.get(key);
    return () => value;
  }
  const method = namespace?.functions.get(key);
  if (method !== undefined) return builtinClosure(`${name}.${key}`, method);
  throw unknownFunction(name, key);
}

/** The namespace and key of `Math.round`, when the name is no variable. */
export function namespaceOf(compiler: Compiler, node: MemberExpression): { readonly name: string; readonly key: string } | undefined {
  if (node.object.type !== 'Identifier' || !namespaces.has(node.object.name) || compiler.names.find(node.object.name) !== undefined)
    return undefined;
  const { name } = node.object;
  const key = staticKey(node);
  if (key === undefined) throw deniedError(`${name} with a computed name`, `Name the function: \`${name}.\` and its name.`);
  return { name, key };
}

/** The error for a function that a namespace does not have. */
export function unknownFunction(name: string, key: string): ExpressionError {
  const namespace = namespaces.get(name);
  const known = [...(namespace?.functions.keys() ?? []), ...(namespace?.constants.keys() ?? [])];
  const suggestion = closest(key, known);
  const proposal = suggestion === undefined ? `It has ${known.slice(0, 8).join(', ')}.` : `Did you mean \`${name}.${suggestion}\`?`;
  return new ExpressionError({
    code: 'expression_denied',
    message: `unknown function ${name}.${key}`,
    hint: `\`${name}\` has no \`${key}\`. ${proposal}`,
    missingKey: key,
    suggestion,
  });
}
