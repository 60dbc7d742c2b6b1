import { describe, expect, it } from 'vitest';
import { judgeWalls } from './walls.ts';

const probe = (wall: string, holds: boolean) => ({ wall, holds, how: 'tried' });
const OWN = [probe('permission model', true), probe('memory', true), probe('time', true)];
const states = (probes: Parameters<typeof judgeWalls>[0], least: 'L1' | 'L2') =>
  judgeWalls(probes, least).map(({ what, state }) => `${what.trim()} ${state}`);

describe('the walls around Code steps', () => {
  it('are L2 when all of them hold, and all are named', () => {
    expect(judgeWalls([probe('network', true), ...OWN], 'L2')[0]).toEqual({ what: 'Code steps', state: 'good', detail: 'level L2' });
    expect(states([probe('network', true), ...OWN], 'L2')).toEqual([
      'Code steps good',
      'network good',
      'permission model good',
      'memory good',
      'time good',
    ]);
  });

  it('are L1 when one of the system is missing: enough for people who trust each other, and not for others', () => {
    const probes = [probe('network', false), ...OWN];
    expect(states(probes, 'L1').slice(0, 2)).toEqual(['Code steps good', 'network open']);
    expect(states(probes, 'L2').slice(0, 2)).toEqual(['Code steps bad', 'network bad']);
    expect(judgeWalls(probes, 'L2')[0]?.detail).toMatch(/level L1; L2 is needed/);
  });

  it('are none when nothing could be tried', () => {
    expect(states([], 'L1')).toEqual(['Code steps bad']);
    expect(states([probe('time', false)], 'L1')).toEqual(['Code steps bad', 'time bad']);
  });
});
