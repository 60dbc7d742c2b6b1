import { describe, expect, it } from 'vitest';
import { HAS_BWRAP } from '../testing.ts';
import { probeWalls } from './probe-walls.ts';

const ALL = [
  'environment',
  'files',
  'memory',
  'network',
  'other processes',
  'permission model',
  'processes',
  'read-only root',
  'rights',
  'temporary files',
  'terminal',
  'time',
];

describe('the probe of the walls', () => {
  it.skipIf(!HAS_BWRAP)('finds every wall standing with bubblewrap (not installed: skipped)', async () => {
    const probes = await probeWalls();
    expect(probes.map(({ wall }) => wall).toSorted()).toEqual(ALL);
    expect(probes.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('says which walls are missing without it, and leaves nothing behind', async () => {
    const probes = await probeWalls({ bwrap: null });
    const held = probes.filter(({ holds }) => holds).map(({ wall }) => wall);
    expect(held).toEqual(expect.arrayContaining(['permission model', 'memory', 'time']));
    expect(held).not.toContain('network');
    expect(held).not.toContain('files');
  });
});
