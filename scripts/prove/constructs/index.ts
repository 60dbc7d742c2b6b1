import { call } from './call.ts';
import { compensation } from './compensation.ts';
import type { Construct } from './construct.ts';
import { loop } from './loop.ts';
import { map } from './map.ts';
import { retryLater, retrySoon } from './retry.ts';

/** Everything that is killed inside its effects. */
export const CONSTRUCTS: readonly Construct[] = [loop, map, call, compensation, retrySoon, retryLater];
