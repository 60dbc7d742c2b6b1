/** How a name comes to be: `const` and `let`, `var` and parameters, a function's declaration, a single name after `catch`. */
export type Declaration = 'lexical' | 'var' | 'function' | 'catch';

interface Scope {
  readonly isFunction: boolean;
  readonly lexical: Set<string>;
  readonly vars: Set<string>;
  readonly functions: Set<string>;
  /** The single name after `catch`, which `var` may take again. */
  caught: string | undefined;
}

/** Which names are taken where: JavaScript's rules for declaring twice. */
export class Scopes {
  readonly #open: Scope[] = [];

  enter(isFunction: boolean): void {
    this.#open.push({ isFunction, lexical: new Set(), vars: new Set(), functions: new Set(), caught: undefined });
  }

  leave(): void {
    this.#open.pop();
  }

  /** How a function that is declared here counts: as a variable of its function, unless it stands in a block. */
  get isFunction(): boolean {
    return this.#open.at(-1)?.isFunction !== false;
  }

  /** Takes a name. False: it was taken already. */
  declare(name: string, how: Declaration): boolean {
    const scope = this.#open.at(-1);
    if (scope === undefined) return true;
    if (how === 'var') return this.#declareVar(name);
    if (how === 'function') {
      const isTaken = scope.lexical.has(name) || (!scope.isFunction && scope.vars.has(name));
      scope.functions.add(name);
      return !isTaken;
    }
    const isTaken = how === 'lexical' && (scope.lexical.has(name) || scope.functions.has(name) || scope.vars.has(name));
    if (how === 'catch') scope.caught = name;
    scope.lexical.add(name);
    return !isTaken;
  }

  #declareVar(name: string): boolean {
    for (const scope of this.#open.toReversed()) {
      if (scope.lexical.has(name) && scope.caught !== name) return false;
      if (!scope.isFunction && scope.functions.has(name)) return false;
      scope.vars.add(name);
      if (scope.isFunction) break;
    }
    return true;
  }
}
