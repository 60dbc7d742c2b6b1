import type { ArrayPattern, AssignmentPattern, ObjectPattern, Pattern } from 'acorn';
import { deniedError, typeError } from '../errors.ts';
import { missing, missingKeyError, readKey } from '../runtime/access.ts';
import type { Frame } from '../runtime/run.ts';
import { describeKind, isList, isPlain, put, type Value } from '../runtime/value.ts';
import { type Compiler, type Place, placed } from './compiler.ts';

/** Puts a value into the variables of a pattern. */
export type Bind = (frame: Frame, value: Value) => void;

/** Compiles a parameter or the left side of a `const`: a name, `{ a, b: c = 1 }`, `[a, b]`. */
export function binder(compiler: Compiler, node: Pattern): Bind {
  return compiler.deeper(node, () => bindOf(compiler, node));
}

function bindOf(compiler: Compiler, node: Pattern): Bind {
  switch (node.type) {
    case 'Identifier': {
      const index = compiler.names.declare(node.name, compiler.declaring);
      return (frame, value) => {
        frame.slots[index] = value;
      };
    }
    case 'AssignmentPattern':
      return withDefault(compiler, node);
    case 'ObjectPattern':
      return objectBinder(compiler, node);
    case 'ArrayPattern':
      return listBinder(compiler, node);
    default:
      throw deniedError(`${node.type} as a parameter`, 'A parameter is a name, `{ a, b }` or `[a, b]`.');
  }
}

function withDefault(compiler: Compiler, node: AssignmentPattern): Bind {
  const fallback = compiler.compile(node.right);
  const bind = binder(compiler, node.left);
  return (frame, value) => bind(frame, value === undefined ? fallback(frame) : value);
}

interface Part {
  readonly key: string;
  readonly bind: Bind;
  readonly hasDefault: boolean;
  readonly place: Place;
}

function objectBinder(compiler: Compiler, node: ObjectPattern): Bind {
  const place = compiler.place(node);
  const parts: Part[] = [];
  let rest: Bind | undefined;
  for (const property of node.properties) {
    if (property.type === 'RestElement') {
      rest = binder(compiler, property.argument);
      continue;
    }
    const key =
      !property.computed && property.key.type === 'Identifier'
        ? property.key.name
        : property.key.type === 'Literal'
          ? String(property.key.value)
          : undefined;
    if (key === undefined) throw deniedError('computed key in a pattern', 'Name the key: `{ a }`.');
    parts.push({
      key,
      bind: binder(compiler, property.value),
      hasDefault: property.value.type === 'AssignmentPattern',
      place: compiler.place(property),
    });
  }
  return (frame, value) => {
    if (!isPlain(value))
      throw placed(
        typeError(`pattern for ${describeKind(value)}`, `\`{ }\` needs an object here, and this is ${describeKind(value)}.`),
        place,
      );
    for (const part of parts) {
      const field = readKey(value, part.key);
      if (field === missing && !part.hasDefault && !compiler.isLoose)
        throw placed(missingKeyError(value, part.key, 'the object'), part.place);
      part.bind(frame, field === missing ? undefined : field);
    }
    rest?.(frame, without(value, parts));
  };
}

function without(value: Readonly<Record<string, Value>>, parts: readonly Part[]): Value {
  const taken = new Set(parts.map((part) => part.key));
  const left: Record<string, Value> = {};
  for (const key of Object.keys(value)) if (!taken.has(key)) put(left, key, value[key]);
  return left;
}

function listBinder(compiler: Compiler, node: ArrayPattern): Bind {
  const place = compiler.place(node);
  const binds = node.elements.map((element) => {
    if (element === null) return undefined;
    return element.type === 'RestElement'
      ? { bind: binder(compiler, element.argument), isRest: true }
      : { bind: binder(compiler, element), isRest: false };
  });
  return (frame, value) => {
    if (!isList(value))
      throw placed(
        typeError(`pattern for ${describeKind(value)}`, `\`[ ]\` needs a list here, and this is ${describeKind(value)}.`),
        place,
      );
    for (const [index, part] of binds.entries()) part?.bind(frame, part.isRest ? value.slice(index) : value[index]);
  };
}
