import { describe } from 'vitest';
import { seedsHold } from './simulation-testing.ts';

describe('simulated runs', () => {
  seedsHold(0);
});
