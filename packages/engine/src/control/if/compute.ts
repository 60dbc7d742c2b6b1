import type { ControlCompute } from '../compute.ts';
import { conditionsHold } from './conditions.ts';

/** If: `true` when all (`and`) or any (`or`) of the conditions hold. Without conditions: `true`. */
export const ifCompute: ControlCompute = {
  kind: 'route',
  route: ({ conditions, combine, convert }) => (conditionsHold({ conditions, combine, convert, field: 'conditions' }) ? 'true' : 'false'),
  otherwise: 'false',
};
