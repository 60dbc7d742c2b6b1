import { conditions } from './rule-11-conditions.micro.ts';
import { containers } from './containers.micro.ts';
import { copies } from './rule-13-copies.micro.ts';
import { errors } from './rule-09-errors.micro.ts';
import { lineage } from './rule-17-lineage.micro.ts';
import { lists } from './lists.micro.ts';
import { loops } from './rule-10-loop.micro.ts';
import { merges } from './rule-12-merge.micro.ts';
import { responses } from './rule-15-respond.micro.ts';
import { waitRules } from './rule-14-wait.micro.ts';
import type { MicroRule } from '../micro.ts';

/** Rules of single kinds of nodes. */
export const nodeRules: readonly MicroRule[] = [
  errors,
  loops,
  conditions,
  merges,
  copies,
  waitRules,
  responses,
  lineage,
  containers,
  lists,
];
