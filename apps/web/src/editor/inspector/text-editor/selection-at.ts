import type { TakenField } from './plain-field.tsx';

/** Where the caret of an editor is at first: where it was in the plain field, else at the end. */
export function selectionAt(text: string, taken: TakenField | null): { readonly anchor: number; readonly head: number } {
  const inside = (at: number): number => Math.min(at, text.length);
  return { anchor: inside(taken?.anchor ?? text.length), head: inside(taken?.head ?? text.length) };
}
