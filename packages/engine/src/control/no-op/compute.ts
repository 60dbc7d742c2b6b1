import type { ControlCompute } from '../compute.ts';

/** No operation: every item goes on as it is. */
export const noOpCompute: ControlCompute = { kind: 'route', route: () => 'main' };
