import type { MethodTable } from './spec.ts';

/** What null and undefined can do. */
export const nothingMethods: MethodTable<null | undefined> = {
  isEmpty: { signature: '()', doc: 'Always true', example: 'null.isEmpty()', perform: () => true },
  isNotEmpty: { signature: '()', doc: 'Always false', example: 'null.isNotEmpty()', perform: () => false },
};
