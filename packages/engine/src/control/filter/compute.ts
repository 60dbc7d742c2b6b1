import type { ControlCompute } from '../compute.ts';
import { conditionsHold } from '../if/conditions.ts';

/** Filter: `main` for items whose conditions hold, `discarded` for the others. */
export const filterCompute: ControlCompute = {
  kind: 'route',
  route: ({ conditions, combine, convert }) =>
    conditionsHold({ conditions, combine, convert, field: 'conditions' }) ? 'main' : 'discarded',
  otherwise: 'discarded',
};
