import { createContext, useContext } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** The field that took the focus last: where a click on a piece of data goes. */
export interface FieldTarget {
  readonly label: string;
  /** Puts an expression, braces included, at the caret; replaces the value where there is no caret. */
  readonly insert: (expression: string) => void;
}

/** The store of the field that data is mapped into. */
export type FieldTargetStore = StoreApi<{ readonly target: FieldTarget | null }>;

/** A store without a target. */
export function createFieldTargetStore(): FieldTargetStore {
  return createStore<{ readonly target: FieldTarget | null }>(() => ({ target: null }));
}

/** Gives the target to inspector and data panel. */
export const FieldTargetContext = createContext<FieldTargetStore | null>(null);

/** The store of the field that data is mapped into. */
export function useFieldTarget(): FieldTargetStore {
  const store = useContext(FieldTargetContext);
  if (!store) throw new Error('useFieldTarget needs FieldTargetContext');
  return store;
}
