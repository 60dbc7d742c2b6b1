import { probeWalls, type SandboxLevel, type WallProbe } from '@millwright/code-runner';

/** One line of the doctor's report. */
export interface Finding {
  readonly what: string;
  /** `open`: it could be better, and a start does not need it. */
  readonly state: 'good' | 'open' | 'bad';
  readonly detail: string;
}

const STRENGTH: Readonly<Record<SandboxLevel, number>> = { L1: 1, L2: 2, L3: 3 };
/** Walls that hold without help of the operating system: level L1. */
const OWN: ReadonlySet<string> = new Set(['permission model', 'memory', 'time']);

/**
 * Tries every wall around Code steps, as a start does not: from inside of a real sandbox.
 * @param least weakest walls that a start needs
 */
export async function checkWalls(least: SandboxLevel): Promise<readonly Finding[]> {
  return judgeWalls(await probeWalls(), least);
}

/** What the probes mean: which level holds, whether that is enough, and each wall. */
export function judgeWalls(probes: readonly WallProbe[], least: SandboxLevel): readonly Finding[] {
  const level = levelOf(probes);
  const isEnough = level !== null && STRENGTH[level] >= STRENGTH[least];
  const asked = isEnough ? '' : `; ${least} is needed (MILLWRIGHT_CODE_LEVEL, MILLWRIGHT_MULTI_TENANT)`;
  return [
    { what: 'Code steps', state: isEnough ? 'good' : 'bad', detail: `${level === null ? 'no walls hold' : `level ${level}`}${asked}` },
    ...probes.map(({ wall, holds, how }): Finding => {
      const isNeeded = OWN.has(wall) || least !== 'L1';
      return { what: `  ${wall}`, state: holds ? 'good' : isNeeded ? 'bad' : 'open', detail: how };
    }),
  ];
}

function levelOf(probes: readonly WallProbe[]): SandboxLevel | null {
  if (probes.length > 0 && probes.every(({ holds }) => holds)) return 'L2';
  return probes.filter(({ wall }) => OWN.has(wall)).every(({ holds }) => holds) && probes.length > 0 ? 'L1' : null;
}
