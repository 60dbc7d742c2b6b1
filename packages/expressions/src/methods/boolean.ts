import type { MethodTable } from './spec.ts';

/** What true and false can do. */
export const booleanMethods: MethodTable<boolean> = {
  toString: { signature: '()', doc: 'As text', example: 'true.toString()', call: (self) => String(self) },
  toNumber: { signature: '()', doc: '1 or 0', example: 'true.toNumber()', call: (self) => Number(self) },
  toInt: { signature: '()', doc: '1 or 0', example: 'true.toInt()', call: (self) => Number(self) },
  toBoolean: { signature: '()', doc: 'The value itself', example: 'true.toBoolean()', call: (self) => self },
  toJsonString: { signature: '()', doc: 'As JSON text', example: 'true.toJsonString()', call: (self) => String(self) },
  isEmpty: { signature: '()', doc: 'Always false', example: 'false.isEmpty()', call: () => false },
  isNotEmpty: { signature: '()', doc: 'Always true', example: 'false.isNotEmpty()', call: () => true },
};
