import type * as Language from '@codemirror/language';

type Needed = Pick<typeof Language, 'syntaxTree' | 'indentUnit'>;

/**
 * What `@codemirror/autocomplete` takes from `@codemirror/language`: in the built app it imports this file instead (`vite.config.ts`),
 * so that fields with expressions, which have no language, load nothing that reads one. What asks for it without a language fails here.
 * @public by the names that completion imports
 */
export let syntaxTree: Needed['syntaxTree'] = () => {
  throw new Error('no language was given to completion');
};

/** @public as above */
export let indentUnit: Needed['indentUnit'] | undefined;

/** Gives completion the language of programs, for good. */
export function giveLanguage(needed: Needed): void {
  ({ syntaxTree, indentUnit } = needed);
}
