import type { ArrayExpression, ObjectExpression, Property, SpreadElement, TemplateLiteral } from 'acorn';
import { deniedError, typeError } from '../errors.ts';
import { keyFor } from '../runtime/access.ts';
import type { Frame } from '../runtime/run.ts';
import { toText } from '../runtime/text.ts';
import { elementsOf } from '../runtime/elements.ts';
import { describeKind, isList, isPlain, Members, Pairs, put, type Value } from '../runtime/value.ts';
import { type Compiler, type Evaluate, placed } from './compiler.ts';

/** Adds what a node gives to a list: one value, or all of a spread list. */
type Append = (frame: Frame, into: Value[]) => void;

/** `[a, ...b]` */
export function arrayClosure(compiler: Compiler, node: ArrayExpression): Evaluate {
  const collect = collector(compiler, node.elements);
  return compiler.changes ? (frame) => frame.run.own(collect(frame)) : (frame) => collect(frame);
}

/** Elements or arguments, spread included, as one list. */
export function collector(
  compiler: Compiler,
  nodes: readonly (ArrayExpression['elements'][number] | SpreadElement)[],
): (frame: Frame) => Value[] {
  const appends = nodes.map((node) => append(compiler, node));
  return (frame) => {
    const into: Value[] = [];
    for (const add of appends) add(frame, into);
    return into;
  };
}

function append(compiler: Compiler, node: ArrayExpression['elements'][number]): Append {
  if (node === null) throw deniedError('hole in a list', 'A list cannot have an empty place. Write `null`.');
  if (node.type !== 'SpreadElement') {
    const element = compiler.compile(node);
    return (frame, into) => {
      into.push(element(frame));
    };
  }
  const list = compiler.compile(node.argument);
  const place = compiler.place(node);
  return (frame, into) => {
    const value = list(frame);
    if (!isList(value) && typeof value !== 'string' && !(value instanceof Members) && !(value instanceof Pairs))
      throw placed(typeError(`spread of ${describeKind(value)}`, `\`...\` needs a list here, and this is ${describeKind(value)}.`), place);
    frame.run.chargeList(into.length);
    for (const element of elementsOf(value, frame.run)) into.push(element);
  };
}

/** `{ a, [b]: c, ...d }` */
export function objectClosure(compiler: Compiler, node: ObjectExpression): Evaluate {
  const parts = node.properties.map((property) =>
    property.type === 'SpreadElement' ? spreadInto(compiler, property) : propertyInto(compiler, property),
  );
  return (frame) => {
    const object: Record<string, Value> = {};
    for (const part of parts) part(frame, object);
    return compiler.changes ? frame.run.own(object) : object;
  };
}

type Fill = (frame: Frame, into: Record<string, Value>) => void;

function propertyInto(compiler: Compiler, node: Property): Fill {
  if (node.kind !== 'init' || node.method) throw deniedError('method or getter in an object', 'Objects in expressions hold data only.');
  const value = compiler.compile(node.value);
  const key = node.computed ? compiler.compile(node.key) : undefined;
  if (key !== undefined) return (frame, into) => put(into, keyFor(key(frame), frame.run), value(frame));
  const name = node.key.type === 'Identifier' ? node.key.name : node.key.type === 'Literal' ? String(node.key.value) : undefined;
  if (name === undefined) throw deniedError(`key ${node.key.type}`, 'A key is a name, a text or a number.');
  return (frame, into) => put(into, name, value(frame));
}

function spreadInto(compiler: Compiler, node: SpreadElement): Fill {
  const source = compiler.compile(node.argument);
  const place = compiler.place(node);
  return (frame, into) => {
    const value = source(frame);
    if (value === null || value === undefined || (frame.run.isLoose && typeof value !== 'object')) return;
    if (!isPlain(value))
      throw placed(
        typeError(`spread of ${describeKind(value)}`, `\`...\` needs an object here, and this is ${describeKind(value)}.`),
        place,
      );
    const keys = Object.keys(value);
    frame.run.chargeList(keys.length);
    for (const key of keys) put(into, key, value[key]);
  };
}

/** A template text with `${}`. */
export function templateClosure(compiler: Compiler, node: TemplateLiteral): Evaluate {
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? quasi.value.raw);
  const values = node.expressions.map((expression) => ({ evaluate: compiler.compile(expression), place: compiler.place(expression) }));
  return (frame) => {
    let text = texts[0] ?? '';
    for (const [index, { evaluate, place }] of values.entries()) {
      const value = evaluate(frame);
      try {
        text = frame.run.text(text + toText(value, frame.run) + (texts[index + 1] ?? ''));
      } catch (error) {
        throw placed(error, place);
      }
    }
    return text;
  };
}
