import type { Identifier } from 'acorn';
import { ExpressionError } from '../errors.ts';
import { constants, functions, namespaces } from '../methods/globals/globals.ts';
import { Args, type Method } from '../methods/spec.ts';
import type { Frame } from '../runtime/run.ts';
import { Lambda } from '../runtime/value.ts';
import { closest } from '../suggest.ts';
import type { Compiler, Evaluate } from './compiler.ts';
import type { Slot } from './names.ts';
import { roots } from '../roots/table.ts';

/** A variable, a root such as `$json`, a constant, or a built-in function given to another (`map(Number)`). */
export function identifierClosure(compiler: Compiler, node: Identifier): Evaluate {
  const { name } = node;
  const slot = compiler.names.find(name);
  if (slot !== undefined) return slotClosure(slot);
  const root = roots.get(name);
  if (root !== undefined) return root.read;
  if (constants.has(name)) {
    const value = constants.get(name);
    return () => value;
  }
  const method = functions.get(name);
  if (method !== undefined) return builtinClosure(name, method);
  // n8n: unknown names are undefined, not errors.
  if (compiler.isLoose && !namespaces.has(name) && !refused.has(name)) return () => undefined;
  throw unknownName(compiler, name);
}

/** Names that are refused by their own reason, in every profile. */
const refused: ReadonlyMap<string, string> = new Map([
  ['$credentials', 'Secrets cannot be read in expressions. Choose the credential of the step; it is put in when the request is sent.'],
  ['$secrets', 'Secrets cannot be read in expressions. Choose the credential of the step; it is put in when the request is sent.'],
]);

function slotClosure({ hops, index }: Slot): Evaluate {
  if (hops === 0) return (frame) => frame.slots[index];
  if (hops === 1) return (frame) => frame.parent?.slots[index];
  return (frame) => {
    let at: Frame | undefined = frame;
    for (let hop = 0; hop < hops; hop += 1) at = at?.parent;
    return at?.slots[index];
  };
}

/** A built-in function as something to give to `map` and the like. */
export function builtinClosure(name: string, method: Method<undefined>): Evaluate {
  // Functions that take options after the first argument must not read `map`'s index as one.
  return (frame) => new Lambda((args) => method.perform(undefined, new Args(name, args.slice(0, 1), frame.run), frame.run));
}

function unknownName(compiler: Compiler, name: string): ExpressionError {
  const reason = refused.get(name);
  if (reason !== undefined)
    return new ExpressionError({ code: 'expression_denied', message: `${name} is not available`, hint: reason, missingKey: name });
  if (namespaces.has(name) || name === '$' || name === '$node') {
    const hint = name.startsWith('$')
      ? "Name the step: `$('id')`."
      : `\`${name}\` is a set of functions: write \`${name}.\` and choose one.`;
    return new ExpressionError({ code: 'expression_denied', message: `${name} is not a value`, hint, missingKey: name });
  }
  const known = [...compiler.names.all(), ...roots.keys(), ...functions.keys(), ...namespaces.keys()];
  const suggestion = closest(name, known);
  const proposal =
    suggestion === undefined
      ? 'Data of the current item starts with `$json.`, text is written in quotes.'
      : `Did you mean \`${suggestion}\`?`;
  return new ExpressionError({
    code: 'expression_denied',
    message: `unknown name ${name.slice(0, 60)}`,
    hint: `There is nothing called \`${name.slice(0, 60)}\`. ${proposal}`,
    missingKey: name,
    suggestion,
  });
}
