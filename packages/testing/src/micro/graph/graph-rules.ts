import { alwaysOutput } from './rule-08-always-output.micro.ts';
import { disabledNodes } from './rule-07-disabled.micro.ts';
import { endless } from './rule-16-endless.micro.ts';
import { nodeCall } from './rule-06-node-call.micro.ts';
import { routing } from './rule-03-routing.micro.ts';
import { sequentialOrder } from './rule-02-order.micro.ts';
import { severalInputs } from './rule-05-several-inputs.micro.ts';
import { singleInput } from './rule-04-single-input.micro.ts';
import { start } from './rule-01-start.micro.ts';
import type { MicroRule } from '../micro.ts';

/** Rules of how a graph is walked. */
export const graphRules: readonly MicroRule[] = [
  start,
  sequentialOrder,
  routing,
  singleInput,
  severalInputs,
  nodeCall,
  disabledNodes,
  alwaysOutput,
  endless,
];
