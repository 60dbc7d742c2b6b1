import type { MethodTable } from './spec.ts';

/** What true and false can do. */
export const booleanMethods: MethodTable<boolean> = {
  toString: { signature: '()', doc: 'As text', example: 'true.toString()', perform: (self: boolean) => String(self) },
  toNumber: { signature: '()', doc: '1 or 0', example: 'true.toNumber()', perform: (self) => Number(self) },
  toInt: { signature: '()', doc: '1 or 0', example: 'true.toInt()', perform: (self) => Number(self) },
  toBoolean: { signature: '()', doc: 'The value itself', example: 'true.toBoolean()', perform: (self) => self },
  toJsonString: { signature: '()', doc: 'As JSON text', example: 'true.toJsonString()', perform: (self) => String(self) },
  isEmpty: { signature: '()', doc: 'Always false', example: 'false.isEmpty()', perform: () => false },
  isNotEmpty: { signature: '()', doc: 'Always true', example: 'false.isNotEmpty()', perform: () => true },
};
