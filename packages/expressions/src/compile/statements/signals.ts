import type { Statement, VariableDeclaration } from 'acorn';
import type { Compiler } from '../compiler.ts';
import type { Value } from '../../runtime/value.ts';
import type { Frame } from '../../runtime/run.ts';

/** What a statement gives when the one after it comes next. */
export const next: unique symbol = Symbol('next');
/** What `break` gives. */
export const breaks: unique symbol = Symbol('break');
/** What `continue` gives. */
export const continues: unique symbol = Symbol('continue');

/** Runs a statement: gives what it returns, or {@link next}, {@link breaks}, {@link continues}. */
export type Execute = (frame: Frame) => Value;

/** How the statements inside another are compiled: each kind is in a file of its own, and they contain each other. */
export interface Statements {
  readonly one: (compiler: Compiler, node: Statement) => Execute;
  readonly block: (compiler: Compiler, nodes: readonly Statement[]) => Execute;
  readonly declaration: (compiler: Compiler, node: VariableDeclaration) => Execute;
}

/** A value that leaves a function; signals never do. */
export function returned(value: Value): Value {
  return value === breaks || value === continues ? undefined : value;
}
